package io.belay.it.handoff;

import io.belay.api.Belay;
import io.belay.api.Run;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.management.ObjectName;

/** The forked JVM of {@link LeakIT}: many short runs over all pools, then a look at the heap. */
final class LeakMain {
  private static final ExecutorService POOL = Executors.newFixedThreadPool(2);
  private static final ScheduledExecutorService SCHEDULER = Executors.newScheduledThreadPool(1);
  private static final ForkJoinPool FORKS = new ForkJoinPool(2);
  private static final Timer TIMER = new Timer(true);
  private static final List<WeakReference<Run>> RUNS = new ArrayList<>();

  /** What the JVM's own threads may still have at hand, and the ended runs that stay visible. */
  private static final int FEW = 40;

  private LeakMain() {}

  private interface Way {
    void go(CountDownLatch done) throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    int runs = Integer.parseInt(arguments[0]);
    List<Way> ways = ways();
    long early = 0;
    long begun = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      one(ways.get(i % ways.size()), i);
      if (i == runs / 5) {
        early = used();
      }
    }
    long took = System.nanoTime() - begun;
    long late = used();
    long left = instances(); // It collects garbage, so whatever was on its way out is gone.
    // Threads that a run's work was the last of may still be about to end; a leak stays.
    for (int i = 0; i < 40 && left > FEW; i++) {
      Thread.sleep(250);
      left = instances();
    }
    long reachable = RUNS.stream().filter(run -> run.get() != null).count();
    System.out.println("runs " + runs);
    System.out.println("micros a run " + took / 1000 / runs);
    System.out.println("reachable " + reachable);
    System.out.println("grown KiB " + (late - early) / 1024);
    System.out.println("left " + left);
    Runtime.getRuntime().halt(0);
  }

  private static void one(Way way, int number) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    Run run =
        Belay.run(
            "run-" + number,
            () -> {
              way.go(done);
              return Belay.current();
            });
    done.await();
    if (number % 10 == 0) {
      RUNS.add(new WeakReference<>(run));
    }
    if (number % 100 == 99) {
      run.stop("ended already, or about to");
    }
  }

  private static List<Way> ways() {
    List<Way> ways = new ArrayList<>();
    ways.add(done -> POOL.execute(done::countDown));
    ways.add(done -> POOL.submit(done::countDown));
    ways.add(done -> SCHEDULER.schedule(done::countDown, 0, TimeUnit.NANOSECONDS));
    ways.add(done -> FORKS.execute(done::countDown));
    ways.add(done -> FORKS.invoke(new Forking(done, 2)));
    ways.add(done -> CompletableFuture.runAsync(() -> {}, POOL).thenRun(done::countDown));
    ways.add(
        done -> {
          CompletableFuture<Object> open = new CompletableFuture<>();
          open.thenApply(x -> x).whenComplete((x, failure) -> done.countDown());
          POOL.execute(() -> open.complete(""));
        });
    ways.add(
        done -> {
          IntStream.range(0, 8).parallel().forEach(i -> {});
          done.countDown();
        });
    ways.add(
        done ->
            TIMER.schedule(
                new TimerTask() {
                  @Override
                  public void run() {
                    done.countDown();
                  }
                },
                0));
    ways.add(done -> new Thread(done::countDown).start());
    ways.add(
        done -> {
          SCHEDULER.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.HOURS).cancel(false);
          done.countDown();
        });
    ways.add(done -> Belay.run("child", () -> POOL.submit(done::countDown)));
    if (Runtime.version().feature() >= 21) {
      ways.add(LeakMain::virtually);
    }
    return ways;
  }

  private static void virtually(CountDownLatch done) throws Exception {
    Thread.class
        .getMethod("startVirtualThread", Runnable.class)
        .invoke(null, (Runnable) done::countDown);
  }

  private static long used() throws Exception {
    Runtime runtime = Runtime.getRuntime();
    Cells.await("the pools are quiet", () -> FORKS.isQuiescent());
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory() - 64L * RUNS.size();
  }

  /** How many objects of the kinds that belong to a run are on the heap. */
  private static long instances() throws Exception {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {null},
                    new String[] {String[].class.getName()});
    return histogram
        .lines()
        .filter(
            line ->
                line.matches(
                    ".* io\\.belay\\.agent\\.run\\.(Run|Frame|Bond|Recurring|Taken|Carried\\$.*)"
                        + "( .*)?"))
        .mapToLong(line -> Long.parseLong(line.trim().split("\\s+")[1]))
        .sum();
  }

  private static final class Forking extends RecursiveAction {
    private static final long serialVersionUID = 1;
    private final transient CountDownLatch done;
    private final int depth;

    Forking(CountDownLatch done, int depth) {
      this.done = done;
      this.depth = depth;
    }

    @Override
    protected void compute() {
      if (depth == 0) {
        return;
      }
      Forking left = new Forking(done, depth - 1);
      left.fork();
      new Forking(done, depth - 1).compute();
      left.join();
      if (depth == 2) {
        done.countDown();
      }
    }
  }
}
