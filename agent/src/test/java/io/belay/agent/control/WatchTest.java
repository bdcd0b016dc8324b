package io.belay.agent.control;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final long DAY = TimeUnit.DAYS.toNanos(1);
  private final AtomicBoolean crowded = new AtomicBoolean();

  @Test
  void whoTakesHisTimeIsEndedAsSoonAsOthersWait() {
    try (Watch watch = new Watch(crowded::get)) {
      watch.start();
      watch.begin(DAY);
      crowded.set(true);
      assertThrows(InterruptedException.class, () -> new CountDownLatch(1).await());
      watch.end();
      assertFalse(Thread.interrupted());
    }
  }

  @Test
  void whoTakesTooLongIsEndedThoughNobodyWaits() {
    try (Watch watch = new Watch(crowded::get)) {
      watch.start();
      watch.begin(1);
      assertThrows(InterruptedException.class, () -> new CountDownLatch(1).await());
      watch.end();
    }
  }
}
