package io.belay.agent.run;

import io.belay.agent.rule.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hands work over in each way that the JDK's classes are woven for, and sees whether the run came
 * along. What does not carry on this JVM is known at once, and not when a stop fails to reach it.
 */
public final class SelfTest {
  /** A machine may be so busy that a new thread waits for seconds. */
  private static final int PATIENCE_SECONDS = 60;

  private final Runs runs;
  private final Predicate<String> woven;
  private final List<String> failures = new ArrayList<>();

  private SelfTest(Runs runs, Predicate<String> woven) {
    this.runs = runs;
    this.woven = woven;
  }

  /**
   * The boundaries by which work changed hands without its run. Called on a thread of ours.
   *
   * @param woven whether a boundary is to carry runs, by its name, or was left out
   */
  public static List<String> failures(Runs runs, Predicate<String> woven) {
    SelfTest test = new SelfTest(runs, woven);
    Slot slot = Carrier.slot();
    Run before = slot.run;
    slot.run = runs.make(runs.root(), null, "self-test", "", "self-test", Limits.NONE);
    Idle.begun();
    try {
      test.all(slot.run);
    } finally {
      Idle.ended();
      slot.run = before;
    }
    return test.failures;
  }

  private void all(Run run) {
    CompletableFuture<@Nullable Run> seen = new CompletableFuture<>();
    Thread thread = new Thread(() -> seen.complete(seen()), "belay-self-test");
    thread.setDaemon(true);
    thread.start();
    expect("thread", run, seen);

    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    try {
      CompletableFuture<@Nullable Run> executed = new CompletableFuture<>();
      pool.execute(() -> executed.complete(seen()));
      expect("executor", run, executed);
      FutureTask<@Nullable Run> submitted = new FutureTask<>(SelfTest::seen);
      pool.execute(submitted);
      expect("executor", run, submitted);
      CompletableFuture<@Nullable Run> supplied =
          CompletableFuture.supplyAsync(SelfTest::seen, pool);
      expect("completable-future", run, supplied);
    } finally {
      pool.shutdown();
    }
    expect("fork-join", run, ForkJoinPool.commonPool().submit(SelfTest::seen));
  }

  private static @Nullable Run seen() {
    Slot slot = Carrier.peek();
    return slot == null ? null : slot.run;
  }

  private void expect(String boundary, Run run, Future<@Nullable Run> seen) {
    if (!woven.test(boundary)) {
      return;
    }
    try {
      if (seen.get(PATIENCE_SECONDS, TimeUnit.SECONDS) == run) {
        return;
      }
    } catch (ExecutionException | TimeoutException e) {
      runs.journal().fault("testing the boundary " + boundary, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!failures.contains(boundary)) {
      failures.add(boundary);
    }
  }
}
