package io.belay.it.handoff;

import static io.belay.it.handoff.Cells.expect;

import io.belay.api.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Whose a periodic task is, and for how long. */
final class PeriodicShapes {
  private PeriodicShapes() {}

  static String aPeriodicTaskOutlivesACompletedRun() throws Exception {
    ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1);
    Ticking ticking = new Ticking();
    Cells.Begun run =
        Cells.begin(
            current -> {
              pool.scheduleAtFixedRate(ticking, 0, 1, TimeUnit.MILLISECONDS);
              ticking.first.get();
            });
    expect(run.id, ticking.first.get(), "its first time it works for");
    run.endsAs(Status.COMPLETED);
    Cells.await("it goes on, for nobody", () -> ticking.last.equals("jvm"));
    pool.shutdownNow();
    return null;
  }

  static String aStopCancelsItsOwnPeriodicTaskOnly() throws Exception {
    ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1);
    CompletableFuture<ScheduledFuture<?>> ones = new CompletableFuture<>();
    CompletableFuture<ScheduledFuture<?>> others = new CompletableFuture<>();
    CountDownLatch bothLook = new CountDownLatch(1);
    Ticking mine = new Ticking();
    Ticking theirs = new Ticking();
    Cells.Begun one =
        Cells.begin(
            current -> {
              ones.complete(pool.scheduleWithFixedDelay(mine, 0, 1, TimeUnit.MILLISECONDS));
              bothLook.await();
            });
    Cells.Begun other =
        Cells.begin(
            current -> {
              others.complete(pool.scheduleAtFixedRate(theirs, 0, 1, TimeUnit.MILLISECONDS));
              bothLook.await();
            });
    expect(one.id, mine.first.get(), "the one works for");
    expect(other.id, theirs.first.get(), "the other works for");
    one.run().stop("one of two");
    one.endsAs(Status.STOPPED);
    Cells.await("its future is cancelled", ones.get()::isCancelled);
    int before = theirs.ticks;
    Cells.await("the other goes on", () -> theirs.ticks > before + 2);
    expect(false, others.get().isDone(), "the other is done:");
    bothLook.countDown();
    other.endsAs(Status.COMPLETED);
    pool.shutdownNow();
    return null;
  }

  private static final class Ticking implements Runnable {
    final CompletableFuture<String> first = new CompletableFuture<>();
    volatile String last = "";
    volatile int ticks;

    @Override
    public void run() {
      last = Shapes.own();
      first.complete(last);
      ticks = ticks + 1;
    }
  }
}
