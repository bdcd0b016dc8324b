package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Runs whose entry has returned while something of theirs still waits. */
class LingeringTest {
  @Test
  void aTaskThatIsCancelledWhileItWaitsHoldsItsRunNoLonger() {
    try (Bench bench = new Bench()) {
      Frame frame = bench.open("a");
      Run run = frame.run;
      Callable<Integer> task = Carried.callable(run, null, () -> 1);
      CompletableFuture<Integer> future = new CompletableFuture<>();
      ((Work) task).standsFor(future);
      frame.exit(null, null);
      await(() -> run.work.snapshot().stream().noneMatch(work -> work == task));
      assertNull(run.endedAt(), "somebody may still do it");
      assertTrue(future.cancel(true));
      await(() -> run.endedAt() != null);
      Reference.reachabilityFence(task);
    }
  }

  @Test
  void whatAThreadHandsOverAfterTheEntryHasReturnedIsLookedAfterWhenTheThreadIsDone() {
    try (Bench bench = new Bench()) {
      Frame frame = bench.open("a");
      Run run = frame.run;
      Slot worker = new Slot(Thread.currentThread());
      Work piece = new Work(run);
      piece.join();
      piece.begin(worker);
      frame.exit(null, null);
      assertFalse(run.lingers, "a thread is at it, which comes by when it is done");
      Callable<Integer> task = Carried.callable(run, null, () -> 1);
      CompletableFuture<Integer> future = new CompletableFuture<>();
      ((Work) task).standsFor(future);
      piece.doneBy(worker);
      assertTrue(run.lingers, "a task waits, and nobody need come by");
      assertNull(run.endedAt());
      assertTrue(future.cancel(true));
      await(() -> run.endedAt() != null);
      Reference.reachabilityFence(task);
    }
  }

  private static void await(BooleanSupplier holds) {
    for (int i = 0; i < 3_000 && !holds.getAsBoolean(); i++) {
      LockSupport.parkNanos(10_000_000);
    }
    assertTrue(holds.getAsBoolean());
  }
}
