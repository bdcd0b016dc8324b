package io.belay.it.handoff;

import static io.belay.it.handoff.Cells.expect;

import io.belay.api.Belay;
import io.belay.api.Status;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What must hold of one hand-off in particular. */
final class Shapes {
  private Shapes() {}

  static Map<String, Callable<String>> all() {
    Map<String, Callable<String>> all = new LinkedHashMap<>();
    all.put("aDiscardedTaskDoesNotHoldItsRun", Shapes::aDiscardedTaskDoesNotHoldItsRun);
    all.put("theOldestDiscardedDoesNotHoldItsRun", Shapes::theOldestDiscardedDoesNotHoldItsRun);
    all.put("callerRunsLeavesItsCallerAlone", Shapes::callerRunsLeavesItsCallerAlone);
    all.put("aHandlerSeesAndQueuesWhatWasGiven", Shapes::aHandlerSeesAndQueuesWhatWasGiven);
    all.put("removeTakesOutWhatWasGiven", Shapes::removeTakesOutWhatWasGiven);
    all.put("shutdownNowGivesBackWhatWasGiven", Shapes::shutdownNowGivesBackWhatWasGiven);
    all.put("aSubclassSeesWhatWasGiven", Shapes::aSubclassSeesWhatWasGiven);
    all.put("aSchedulerDecoratesWhatWasGiven", Shapes::aSchedulerDecoratesWhatWasGiven);
    all.put("comparedTasksKeepTheirOrder", Shapes::comparedTasksKeepTheirOrder);
    all.put("oneTaskHandedOverTwiceWorksForBoth", Shapes::oneTaskHandedOverTwiceWorksForBoth);
    all.put(
        "aPeriodicTaskOutlivesACompletedRun", PeriodicShapes::aPeriodicTaskOutlivesACompletedRun);
    all.put(
        "aStopCancelsItsOwnPeriodicTaskOnly", PeriodicShapes::aStopCancelsItsOwnPeriodicTaskOnly);
    all.put("cleanersBelongToNobody", Shapes::cleanersBelongToNobody);
    all.put("aStageIsItsRegistrantsWhoeverCompletes", Shapes::aStageIsItsRegistrants);
    all.put("whoeverHelpsWorksForTheTasksOwner", Shapes::whoeverHelpsWorksForTheTasksOwner);
    all.put("theRunIsTheOneAtTheHandOver", Shapes::theRunIsTheOneAtTheHandOver);
    Transmittals.addTo(all);
    QueueShapes.addTo(all);
    RequestShapes.addTo(all);
    LibraryShapes.addTo(all);
    return all;
  }

  private static String aDiscardedTaskDoesNotHoldItsRun() throws Exception {
    try (FullPool pool = new FullPool(new ThreadPoolExecutor.DiscardPolicy())) {
      pool.fill();
      Cells.Begun run = Cells.begin(current -> pool.execute(() -> {}));
      run.endsAs(Status.COMPLETED);
    }
    return null;
  }

  private static String theOldestDiscardedDoesNotHoldItsRun() throws Exception {
    try (FullPool pool = new FullPool(new ThreadPoolExecutor.DiscardOldestPolicy())) {
      pool.occupy();
      Cells.Begun run = Cells.begin(current -> pool.execute(() -> {}));
      run.entryReturned();
      expect(Status.RUNNING, run.run().status(), "the run whose task is queued is");
      pool.execute(() -> {});
      run.endsAs(Status.COMPLETED);
    }
    return null;
  }

  private static String callerRunsLeavesItsCallerAlone() throws Exception {
    try (FullPool pool = new FullPool(new ThreadPoolExecutor.CallerRunsPolicy())) {
      pool.fill();
      CompletableFuture<String> seen = new CompletableFuture<>();
      Cells.Begun run =
          Cells.begin(
              current -> {
                CompletableFuture<String> inside = new CompletableFuture<>();
                pool.execute(() -> inside.complete(own()));
                seen.complete(inside.join() + ", then " + own());
              });
      expect(run.id + ", then " + run.id, seen.get(), "the caller works for");
      run.endsAs(Status.COMPLETED);
    }
    return null;
  }

  private static String aHandlerSeesAndQueuesWhatWasGiven() throws Exception {
    List<Runnable> handled = Collections.synchronizedList(new ArrayList<>());
    RejectedExecutionHandler waits =
        (task, pool) -> {
          handled.add(task);
          try {
            pool.getQueue().put(task); // The usual way to slow producers down.
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    try (FullPool pool = new FullPool(waits)) {
      pool.fill();
      Task task = new Task();
      Cells.Begun run = Cells.begin(current -> pool.execute(task));
      Cells.await("the handler is asked", () -> !handled.isEmpty());
      expect(task, handled.get(0), "the handler sees");
      pool.release();
      expect(run.id, task.seen.get(), "the task works for");
      run.endsAs(Status.COMPLETED);
    }
    return null;
  }

  private static String removeTakesOutWhatWasGiven() throws Exception {
    try (FullPool pool = new FullPool(new ThreadPoolExecutor.AbortPolicy())) {
      pool.occupy();
      Runnable task = () -> {};
      CompletableFuture<Boolean> removed = new CompletableFuture<>();
      Cells.Begun run =
          Cells.begin(
              current -> {
                pool.execute(task);
                removed.complete(pool.remove(task));
              });
      expect(true, removed.get(), "removed:");
      run.endsAs(Status.COMPLETED);
    }
    return null;
  }

  private static String shutdownNowGivesBackWhatWasGiven() throws Exception {
    try (FullPool pool = new FullPool(new ThreadPoolExecutor.AbortPolicy())) {
      pool.occupy();
      Runnable task = () -> {};
      Cells.Begun run = Cells.begin(current -> pool.execute(task));
      run.entryReturned();
      expect(List.of(task), pool.shutdownNow(), "given back:");
      run.endsAs(Status.COMPLETED);
    }
    return null;
  }

  private static String aSubclassSeesWhatWasGiven() throws Exception {
    List<Runnable> looked = Collections.synchronizedList(new ArrayList<>());
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.HOURS, new LinkedBlockingQueue<>()) {
          @Override
          protected void beforeExecute(Thread thread, Runnable task) {
            looked.add(task);
          }

          @Override
          protected void afterExecute(Runnable task, Throwable thrown) {
            looked.add(task);
          }
        };
    Runnable lambda = () -> {};
    Named named = new Named(0);
    Cells.Begun run =
        Cells.begin(
            current -> {
              pool.execute(lambda);
              pool.execute(named);
            });
    run.endsAs(Status.COMPLETED);
    end(pool);
    expect(List.of(lambda, lambda, named, named), looked, "the subclass sees");
    return null;
  }

  private static String aSchedulerDecoratesWhatWasGiven() throws Exception {
    List<Runnable> looked = Collections.synchronizedList(new ArrayList<>());
    ScheduledThreadPoolExecutor pool =
        new ScheduledThreadPoolExecutor(1) {
          @Override
          protected <V> RunnableScheduledFuture<V> decorateTask(
              Runnable task, RunnableScheduledFuture<V> future) {
            looked.add(task);
            return future;
          }
        };
    Runnable task = () -> {};
    Cells.Begun run =
        Cells.begin(
            current -> {
              pool.schedule(task, 1, TimeUnit.MILLISECONDS);
              pool.scheduleAtFixedRate(task, 1, 1, TimeUnit.HOURS).cancel(false);
            });
    run.endsAs(Status.COMPLETED);
    end(pool);
    expect(List.of(task, task), looked, "the scheduler decorates");
    return null;
  }

  private static String comparedTasksKeepTheirOrder() throws Exception {
    List<String> done = Collections.synchronizedList(new ArrayList<>());
    try (FullPool pool =
        new FullPool(new PriorityBlockingQueue<>(), new ThreadPoolExecutor.AbortPolicy())) {
      pool.execute(new Named(0));
      pool.occupyCompared();
      List<Cells.Begun> runs = new ArrayList<>();
      for (int rank : new int[] {3, 1, 2}) {
        Cells.Begun run = Cells.begin(current -> pool.execute(new Named(rank, done)));
        run.entryReturned();
        runs.add(run);
      }
      pool.release();
      for (Cells.Begun run : runs) {
        run.endsAs(Status.COMPLETED);
      }
      expect(
          List.of(runs.get(1).id + " 1", runs.get(2).id + " 2", runs.get(0).id + " 3"),
          done,
          "done:");
    }
    return null;
  }

  private static String oneTaskHandedOverTwiceWorksForBoth() throws Exception {
    ThreadPoolExecutor pool = FullPool.plain();
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    Runnable task = () -> seen.add(own());
    Cells.Begun first = Cells.begin(current -> pool.execute(task));
    first.endsAs(Status.COMPLETED);
    Cells.Begun second = Cells.begin(current -> pool.execute(task));
    second.endsAs(Status.COMPLETED);
    pool.execute(task);
    end(pool);
    expect(List.of(first.id, second.id, "jvm"), seen, "the task works for");
    return null;
  }

  private static String cleanersBelongToNobody() throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    Cells.Begun run =
        Cells.begin(current -> Cleaner.create().register(new int[1], () -> seen.complete(own())));
    run.endsAs(Status.COMPLETED);
    Cells.await(
        "the cleaner has cleaned",
        () -> {
          System.gc();
          return seen.isDone();
        });
    expect("jvm", seen.get(), "the cleaner works for");
    return null;
  }

  private static String aStageIsItsRegistrants() throws Exception {
    CompletableFuture<Object> open = new CompletableFuture<>();
    CompletableFuture<String> nobodys = open.thenApply(x -> own());
    CompletableFuture<CompletableFuture<String>> ones = new CompletableFuture<>();
    Cells.Begun one = Cells.begin(current -> ones.complete(open.thenApply(x -> own())));
    one.endsAs(Status.COMPLETED);
    CompletableFuture<CompletableFuture<String>> others = new CompletableFuture<>();
    CompletableFuture<String> afterwards = new CompletableFuture<>();
    CountDownLatch registered = new CountDownLatch(1);
    Cells.Begun registrant =
        Cells.begin(
            current -> {
              others.complete(open.thenApply(x -> own()));
              registered.await();
            });
    others.get();
    Cells.Begun completer =
        Cells.begin(
            current -> {
              open.complete("");
              afterwards.complete(own());
            });
    expect(registrant.id, others.get().get(), "a stage works for");
    expect("jvm", nobodys.get(), "nobody's stage works for");
    expect("jvm", ones.get().get(), "the stage of a run that is over works for");
    expect(completer.id, afterwards.get(), "whoever completes still works for");
    registered.countDown();
    registrant.endsAs(Status.COMPLETED);
    completer.endsAs(Status.COMPLETED);
    return null;
  }

  private static String whoeverHelpsWorksForTheTasksOwner() throws Exception {
    ForkJoinPool pool = new ForkJoinPool(1);
    CompletableFuture<Object> submitted = new CompletableFuture<>();
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    CompletableFuture<String> afterwards = new CompletableFuture<>();
    Cells.Begun run =
        Cells.begin(
            current ->
                pool.submit(
                    () -> {
                      begun.complete(true);
                      submitted.join();
                      ForkJoinTask.helpQuiesce();
                      afterwards.complete(own());
                    }));
    begun.get();
    CompletableFuture<String> helped = new CompletableFuture<>();
    pool.execute(() -> helped.complete(own()));
    submitted.complete("");
    expect("jvm", helped.get(), "who helps with nobody's task works for");
    expect(run.id, afterwards.get(), "and afterwards for");
    run.endsAs(Status.COMPLETED);
    pool.shutdown();
    return null;
  }

  private static String theRunIsTheOneAtTheHandOver() throws Exception {
    ThreadPoolExecutor pool = FullPool.plain();
    CountDownLatch inChild = new CountDownLatch(1);
    CompletableFuture<String> seen = new CompletableFuture<>();
    Cells.Begun run =
        Cells.begin(
            current -> {
              pool.execute(
                  () -> {
                    try {
                      inChild.await();
                      Belay.run("of-the-task", () -> "");
                    } catch (Exception e) {
                      seen.completeExceptionally(e);
                    }
                    seen.complete(own());
                  });
              Belay.run(
                  "later",
                  () -> {
                    inChild.countDown();
                    return seen.get();
                  });
            });
    expect(run.id, seen.get(), "the task works for");
    run.endsAs(Status.COMPLETED);
    end(pool);
    return null;
  }

  // ---- what the shapes are made of ----

  static String own() {
    return Belay.current().id();
  }

  private static void end(ThreadPoolExecutor pool) throws InterruptedException {
    pool.shutdown();
    expect(true, pool.awaitTermination(60, TimeUnit.SECONDS), "the pool ends:");
  }

  /** A task with a class that has a name, which can be woven. */
  private static final class Task implements Runnable {
    final CompletableFuture<String> seen = new CompletableFuture<>();

    @Override
    public void run() {
      seen.complete(own());
    }
  }

  /** The same, which a queue can compare. */
  private static final class Named implements Runnable, Comparable<Named> {
    final CompletableFuture<String> seen = new CompletableFuture<>();
    private final int rank;
    private final List<String> done;

    Named(int rank) {
      this(rank, new ArrayList<>());
    }

    Named(int rank, List<String> done) {
      this.rank = rank;
      this.done = done;
    }

    @Override
    public void run() {
      seen.complete(own());
      done.add(own() + ' ' + rank);
    }

    @Override
    public int compareTo(Named other) {
      return Integer.compare(rank, other.rank);
    }
  }
}
