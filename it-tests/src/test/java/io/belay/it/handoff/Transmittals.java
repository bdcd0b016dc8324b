package io.belay.it.handoff;

import static io.belay.it.handoff.Cells.expect;

import io.belay.api.Belay;
import io.belay.api.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What users of transmittable thread-locals rely on, said of runs. */
final class Transmittals {
  private Transmittals() {}

  static void addTo(Map<String, Callable<String>> all) {
    all.put("aPoolStartedInOneRunServesAnother", Transmittals::aPoolStartedInOneRunServesAnother);
    all.put("aTaskOfATaskOfATaskIsTheRuns", Transmittals::aTaskOfATaskOfATaskIsTheRuns);
    all.put("whatATaskBeginsIsGoneWithIt", Transmittals::whatATaskBeginsIsGoneWithIt);
    all.put("aTaskStaysItsGiversWhoHasLeft", Transmittals::aTaskStaysItsGiversWhoHasLeft);
    all.put("runsThatShareAPoolNeverMeet", Transmittals::runsThatShareAPoolNeverMeet);
    all.put("aSpawnedThreadDoesNotReachBack", Transmittals::aSpawnedThreadDoesNotReachBack);
  }

  private static String own() {
    return Belay.current().id();
  }

  /** A worker belongs to nobody, whoever had it hired. */
  private static String aPoolStartedInOneRunServesAnother() throws Exception {
    ThreadPoolExecutor pool = FullPool.plain();
    Cells.Begun hirer = Cells.begin(current -> pool.prestartAllCoreThreads());
    hirer.endsAs(Status.COMPLETED);
    CompletableFuture<String> seen = new CompletableFuture<>();
    Cells.Begun other = Cells.begin(current -> pool.execute(() -> seen.complete(own())));
    expect(other.id, seen.get(), "the task works for");
    other.endsAs(Status.COMPLETED);
    expect("jvm", pool.submit(Transmittals::own).get(), "nobody's task works for");
    pool.shutdown();
    return null;
  }

  private static String aTaskOfATaskOfATaskIsTheRuns() throws Exception {
    ThreadPoolExecutor first = FullPool.plain();
    ThreadPoolExecutor second = FullPool.plain();
    CompletableFuture<String> seen = new CompletableFuture<>();
    Cells.Begun run =
        Cells.begin(
            current ->
                first.execute(
                    () ->
                        second.submit(
                            () -> new Thread(() -> seen.complete(own()), "third").start())));
    expect(run.id, seen.get(), "the innermost works for");
    run.endsAs(Status.COMPLETED);
    first.shutdown();
    second.shutdown();
    return null;
  }

  /** A task cannot change what its thread or its giver works for. */
  private static String whatATaskBeginsIsGoneWithIt() throws Exception {
    ThreadPoolExecutor pool = FullPool.plain();
    CompletableFuture<String> seen = new CompletableFuture<>();
    Cells.Begun run =
        Cells.begin(
            current -> {
              String inside = pool.submit(() -> Belay.run("inner", Transmittals::own)).get();
              seen.complete(inside + ", then " + pool.submit(Transmittals::own).get());
            });
    expect("inner, then " + run.id, seen.get(), "the tasks work for");
    run.endsAs(Status.COMPLETED);
    expect("jvm", pool.submit(Transmittals::own).get(), "nobody's task works for");
    pool.shutdown();
    return null;
  }

  private static String aTaskStaysItsGiversWhoHasLeft() throws Exception {
    try (FullPool pool = new FullPool(new ThreadPoolExecutor.AbortPolicy())) {
      pool.occupy();
      CompletableFuture<String> seen = new CompletableFuture<>();
      Cells.Begun run =
          Cells.begin(
              current ->
                  Belay.run(
                      "giver",
                      () -> {
                        pool.execute(() -> seen.complete(own()));
                        return "";
                      }));
      run.entryReturned();
      pool.release();
      expect("giver", seen.get(), "the task works for");
      run.endsAs(Status.COMPLETED);
    }
    return null;
  }

  private static String runsThatShareAPoolNeverMeet() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(3);
    List<Cells.Begun> runs = new ArrayList<>();
    List<CompletableFuture<String>> seen = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      List<CompletableFuture<String>> mine = new ArrayList<>();
      for (int task = 0; task < 20; task++) {
        mine.add(new CompletableFuture<>());
      }
      runs.add(
          Cells.begin(current -> mine.forEach(each -> pool.execute(() -> each.complete(own())))));
      seen.addAll(mine);
    }
    for (int i = 0; i < seen.size(); i++) {
      expect(runs.get(i / 20).id, seen.get(i).get(60, TimeUnit.SECONDS), "a task works for");
    }
    for (Cells.Begun run : runs) {
      run.endsAs(Status.COMPLETED);
    }
    pool.shutdown();
    return null;
  }

  private static String aSpawnedThreadDoesNotReachBack() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<String> seen = new CompletableFuture<>();
    Cells.Begun run =
        Cells.begin(
            current -> {
              Thread child =
                  new Thread(
                      () -> {
                        try {
                          Belay.run(
                              "of-the-thread",
                              () -> {
                                begun.countDown();
                                return seen.get();
                              });
                        } catch (Exception e) {
                          seen.completeExceptionally(e);
                        }
                      });
              child.start();
              begun.await();
              seen.complete(own());
            });
    expect(run.id, seen.get(), "the starter works for");
    run.endsAs(Status.COMPLETED);
    return null;
  }
}
