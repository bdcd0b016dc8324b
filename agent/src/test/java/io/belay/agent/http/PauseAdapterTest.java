package io.belay.agent.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.belay.boot.Exchange;
import io.belay.boot.Tap;
import java.lang.reflect.Proxy;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who waits for an SDK's pause hears of a stop, whenever it comes and whatever else is at work. */
class PauseAdapterTest {
  private static final RuntimeException STOPPED = new CancellationException("stopped");

  private final Exchange pause = new PauseAdapter().open(this, new Object[0]);
  private final CompletableFuture<Void> future = new CompletableFuture<>();

  PauseAdapterTest() {
    pause.tap(
        (Tap)
            Proxy.newProxyInstance(
                Tap.class.getClassLoader(),
                new Class<?>[] {Tap.class},
                (self, method, args) -> method.getName().equals("stopped") ? STOPPED : null));
  }

  @Test
  void aStopBeforeThereIsAFutureEndsItOnTheSpot() {
    pause.abort();
    pause.returned(future);
    assertThrows(CancellationException.class, future::join);
  }

  @Test
  void aStopNeedsNoPlaceInTheCommonPool() throws Exception {
    pause.returned(future);
    assertFalse(future.isDone());
    CountDownLatch over = new CountDownLatch(1);
    int all = Math.max(1, ForkJoinPool.getCommonPoolParallelism());
    CountDownLatch busy = new CountDownLatch(all);
    for (int i = 0; i < all; i++) {
      ForkJoinPool.commonPool()
          .execute(
              () -> {
                busy.countDown();
                try {
                  over.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
    }
    try {
      busy.await();
      pause.abort();
      assertThrows(CancellationException.class, () -> future.get(1, TimeUnit.MINUTES));
    } finally {
      over.countDown();
    }
  }
}
