package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.boot.Gate;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever has begun a run never reads that nobody is at work, however many begin and end. */
class IdleTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = Integer.getInteger("belay.races", 500) * 100;

  private final VarHandle idle;
  private final Idle tested = new Idle();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  IdleTest() throws ReflectiveOperationException {
    idle =
        MethodHandles.privateLookupIn(Gate.class, MethodHandles.lookup())
            .findStaticVarHandle(Gate.class, "idle", boolean.class);
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
    Gate.idle(false); // As it is before the first self-test.
  }

  @Test
  void itIsSaidOnceTheLastIsOver() {
    tested.begin();
    tested.begin();
    tested.end();
    assertEquals(false, idle.get());
    tested.end();
    assertEquals(true, idle.get());
    tested.begin();
    assertEquals(false, idle.get());
  }

  @Test
  void nobodyAtWorkReadsThatNobodyIs() throws Exception {
    CyclicBarrier gun = new CyclicBarrier(THREADS);
    Callable<int[]> racer =
        () -> {
          int wrong = 0;
          int rested = 0;
          gun.await();
          for (int i = 0; i < ROUNDS; i++) {
            rested += (boolean) idle.get() ? 1 : 0;
            tested.begin();
            wrong += (boolean) idle.get() ? 1 : 0;
            Thread.onSpinWait();
            wrong += (boolean) idle.get() ? 1 : 0;
            tested.end();
          }
          return new int[] {wrong, rested};
        };
    List<Future<int[]>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      running.add(threads.submit(racer));
    }
    int rested = 0;
    for (Future<int[]> each : running) {
      assertEquals(0, each.get()[0]);
      rested += each.get()[1];
    }
    assertTrue(isSaidAgain());
    assertTrue(rested > 0, "It was never said at all, so nothing was tried.");
  }

  /** Where so many have come and gone it is not said each time. */
  private boolean isSaidAgain() {
    for (int i = 0; i <= Idle.SELDOM && !(boolean) idle.get(); i++) {
      tested.begin();
      tested.end();
    }
    return (boolean) idle.get();
  }
}
