package io.belay.agent.run;

import io.belay.agent.rule.Limits;
import io.belay.api.Reason;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How long a stop of 10,000 runs takes, each with a call in flight: until it is acknowledged, and
 * until every call's handle has been told. The real stopper and its callers carry it out.
 *
 * <p>Run it as {@code java -cp
 * agent/target/test-classes:agent/target/classes:agent-api/target/classes
 * io.belay.agent.run.StopBenchmark [rounds]}; it prints three lines. Where the machine is busy, the
 * processor time of the thread that stops says more than the time it took.
 */
final class StopBenchmark {
  private static final int RUNS = 10_000;

  private StopBenchmark() {}

  /** Measures. */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
    String[] what = {"acknowledged", "the same, processor time", "every handle told"};
    long[][] all = new long[what.length][rounds];
    for (int round = -5; round < rounds; round++) {
      long[] times = once();
      if (round >= 0) {
        for (int i = 0; i < what.length; i++) {
          all[i][round] = times[i];
        }
      }
    }
    String line = "%s: least %.1f ms, median %.1f ms, most %.1f ms%n";
    for (int i = 0; i < what.length; i++) {
      long[] times = all[i];
      Arrays.sort(times);
      System.out.printf(
          Locale.ROOT,
          line,
          what[i],
          times[0] / 1e6,
          times[rounds / 2] / 1e6,
          times[rounds - 1] / 1e6);
    }
  }

  private static long[] once() throws InterruptedException {
    Policy d = Policy.defaults();
    // This thread is in every run and waits for the end of the measurement: it is not to be woken.
    Policy policy =
        new Policy(
            true, false, d.grace(), d.httpWriteGrace(), d.shieldTimeout(), d.allow(), d.keep());
    Runs runs = new Runs(Clock.SYSTEM, policy, new Silent());
    CountDownLatch handles = new CountDownLatch(RUNS);
    CallSite site =
        new CallSite(
            runs.gatekeeper(),
            "bench",
            "Bench.llm",
            Kind.LLM,
            null,
            (self, args) -> "call",
            (self, args, thread) -> handles.countDown());
    runs.gatekeeper().take(site);
    Slot slot = Carrier.slot();
    Frame.open(runs, "tree", "", "bench", Limits.NONE);
    Run root = slot.run;
    List<Run> level = List.of(root);
    for (int made = 1; made < RUNS; ) {
      List<Run> next = new ArrayList<>();
      for (Run parent : level) {
        for (int i = 0; i < 10 && made < RUNS; i++, made++) {
          slot.run = parent;
          slot.callIs(null);
          Frame.open(runs, "", "", "bench", Limits.NONE);
          next.add(slot.run);
          runs.gatekeeper().enter(site.number(), "self", new Object[0]);
        }
      }
      level = next;
    }
    slot.run = root;
    slot.callIs(null);
    runs.gatekeeper().enter(site.number(), "self", new Object[0]);
    slot.run = null;
    slot.callIs(null);
    slot.work = null;
    System.gc();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long cpu = threads.getCurrentThreadCpuTime();
    long began = System.nanoTime();
    runs.stop(root, Reason.USER, "bench", "", false);
    long acknowledged = System.nanoTime() - began;
    cpu = threads.getCurrentThreadCpuTime() - cpu;
    if (!handles.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException(handles.getCount() + " handles were not told");
    }
    return new long[] {acknowledged, cpu, System.nanoTime() - began};
  }

  private static final class Silent implements Runs.Journal {
    @Override
    public void stopped(StopReport report) {}

    @Override
    public void fault(String during, Throwable thrown) {
      throw new AssertionError(during, thrown);
    }
  }
}
