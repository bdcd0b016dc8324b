package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.api.Reason;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a thread is woken that waits, as far as is known, for an asynchronous call of its run. */
@Timeout(60)
class AwaitedTest {
  private final Bench bench = new Bench();
  private final CountDownLatch woken = new CountDownLatch(1);
  private final AtomicReference<InFlight> call = new AtomicReference<>();
  private Thread waiting;

  @AfterEach
  void nothingIsLeft() throws InterruptedException {
    waiting.interrupt();
    waiting.join();
    assertTrue(bench.faults.isEmpty(), bench.faults::toString);
  }

  /** In run "a", which may be above the one that the call is of. */
  private void waits(String method, boolean below) throws InterruptedException {
    Bench.Boundary boundary = method.isEmpty() ? null : bench.http(method);
    waiting =
        new Thread(
            () -> {
              Frame frame = bench.open("a");
              if (boundary != null) {
                boundary.async = true;
                Frame inner = below ? bench.open("b") : null;
                call.set(boundary.enter("https://api.test/"));
                bench.runs.gatekeeper().sending("test", call.get());
                if (inner != null) {
                  inner.exit(null, null);
                }
              }
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException expected) {
                woken.countDown();
              }
              frame.exit(null, null);
            });
    waiting.start();
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.sleep(1);
    }
    bench.stop(bench.run("a"));
  }

  private void stepAfter(long millis) {
    bench.clock.turn(Duration.ofMillis(millis));
    bench.step();
  }

  private boolean isWoken() {
    return waiting.isInterrupted() || woken.getCount() == 0;
  }

  @Test
  void whereNothingIsInFlightAtOnce() throws InterruptedException {
    waits("", false);
    stepAfter(0);
    woken.await();
  }

  @Test
  void whereTheCallHasNoGraceWhenItsEndHadTimeToBeTold() throws InterruptedException {
    waits("GET", false);
    stepAfter(0);
    assertFalse(isWoken());
    call.get().done(new java.io.IOException("closed"));
    stepAfter(100);
    woken.await();
  }

  @Test
  void notWhileTheCallHasItsGraceButAfterwardsThoughItGoesOn() throws InterruptedException {
    waits("POST", false);
    for (int i = 0; i < 99; i++) {
      stepAfter(100);
      assertFalse(isWoken(), "after " + i);
    }
    stepAfter(99);
    assertFalse(isWoken());
    for (int i = 0; i < 12; i++) {
      stepAfter(100);
    }
    woken.await();
    assertFalse(call.get().isOver());
  }

  @Test
  void notWhileOneBelowHasItsGrace() throws InterruptedException {
    waits("POST", true);
    stepAfter(9_900);
    assertFalse(isWoken());
    call.get().done(null);
    stepAfter(50);
    assertFalse(isWoken(), "it is being told");
    stepAfter(60);
    woken.await();
  }

  @Test
  void byForceAtOnce() throws InterruptedException {
    waits("POST", false);
    stepAfter(1_000);
    assertFalse(isWoken());
    bench.runs.stop(bench.run("a"), Reason.USER, "test", "", true);
    stepAfter(0);
    stepAfter(100);
    assertFalse(call.get().isOver());
    stepAfter(1_000);
    woken.await();
  }
}
