package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.rule.Limit;
import io.belay.agent.rule.Limits;
import io.belay.agent.run.Reservation.Need;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads on one tree of budgets: whatever the interleaving, no limit is passed. */
class BudgetStressTest {
  private static final int THREADS = 64;
  private static final int CALLS = 2_000;
  private static final long PICO_IN = 3_000_001;
  private static final long PICO_OUT = 15_000_007;

  /** A budget and what the test itself counts there. */
  private record Node(Budget budget, Node above, Map<Limit, Long> limits, AtomicLong[] used) {
    static Node of(Node above, Map<Limit, Long> limits) {
      AtomicLong[] used = new AtomicLong[Limit.values().length];
      for (int i = 0; i < used.length; i++) {
        used[i] = new AtomicLong();
      }
      Budget budget = new Budget("", null, above == null ? null : above.budget, new Limits(limits));
      return new Node(budget, above, limits, used);
    }

    void count(Limit limit, long amount) {
      for (Node node = this; node != null; node = node.above) {
        long now = node.used[limit.ordinal()].addAndGet(amount);
        Long max = node.limits.get(limit);
        assertTrue(max == null || now <= max, () -> limit + " of " + max + " passed: " + now);
      }
    }
  }

  private static List<Node> tree(SplittableRandom random) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(Node.of(null, limits(random, 40)));
    for (int i = 0; i < 30; i++) {
      nodes.add(Node.of(nodes.get(random.nextInt(nodes.size())), limits(random, 4)));
    }
    return nodes;
  }

  private static Map<Limit, Long> limits(SplittableRandom random, long size) {
    Map<Limit, Long> limits = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      if (random.nextInt(3) == 0) {
        limits.put(
            limit,
            switch (limit) {
              case COST_USD -> size * 1_000_000_000_000L / 3;
              case LLM_CALLS, TOOL_CALLS -> size * 500;
              case TIME -> Long.MAX_VALUE - 1;
              default -> size * 50_000;
            });
      }
    }
    return limits;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noLimitIsPassedByManyThreadsOnARandomTree(long seed) throws Exception {
    List<Node> nodes = tree(new SplittableRandom(seed));
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Long>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        SplittableRandom random = new SplittableRandom(seed * 1000 + i);
        all.add(
            pool.submit(
                () -> {
                  start.await();
                  return calls(nodes, random);
                }));
      }
      start.countDown();
      long granted = 0;
      for (Future<Long> each : all) {
        granted += each.get();
      }
      assertTrue(granted > 0);
    } finally {
      pool.shutdownNow();
    }
    for (Node node : nodes) {
      node.budget.reserved().forEach((name, left) -> assertEquals(0, left.doubleValue(), name));
      node.budget
          .remaining(0)
          .forEach((name, left) -> assertEquals(left(node, name), left.doubleValue(), 1e-9, name));
    }
  }

  private static double left(Node node, String name) {
    Limit limit = Limit.of(name);
    long left = node.limits.get(limit) - node.used[limit.ordinal()].get();
    return limit.shown(left).doubleValue();
  }

  private record Open(Node node, Reservation made) {}

  private static long calls(List<Node> nodes, SplittableRandom random) {
    Deque<Open> open = new ArrayDeque<>();
    long granted = 0;
    for (int i = 0; i < CALLS; i++) {
      Node node = nodes.get(random.nextInt(nodes.size()));
      boolean bounded = random.nextBoolean();
      Need need =
          random.nextInt(8) == 0
              ? Need.tool()
              : new Need(
                  random.nextInt(200),
                  bounded ? random.nextInt(1000) : Reservation.UNBOUNDED,
                  PICO_IN,
                  PICO_OUT,
                  0);
      Budget.Grant grant = node.budget.reserve(need, 32, bounded ? 1 : 64);
      if (!grant.refused()) {
        granted++;
        open.add(new Open(node, new Reservation(node.budget, need, grant.output(), true)));
      }
      while (open.size() > random.nextInt(6)) {
        end(open.poll(), random);
      }
    }
    open.forEach(each -> end(each, random));
    return granted;
  }

  /** Counts first and settles then: what is counted is still set aside, so limits hold for it. */
  private static void end(Open open, SplittableRandom random) {
    Reservation made = open.made();
    Need need = made.need();
    if (random.nextInt(10) == 0) {
      made.budget().release(made);
      return;
    }
    long input = need.input() - (need.input() == 0 ? 0 : random.nextLong(need.input()));
    // Without any limit on output an unbounded call is granted everything: no model gives that.
    long most = Math.min(made.output(), 100_000);
    long output = most == 0 ? 0 : random.nextLong(most + 1);
    long pico = input * PICO_IN + output * PICO_OUT;
    open.node().count(Limit.INPUT_TOKENS, input);
    open.node().count(Limit.OUTPUT_TOKENS, output);
    open.node().count(Limit.TOTAL_TOKENS, input + output);
    open.node().count(Limit.COST_USD, need.toolCalls() > 0 ? 0 : pico);
    open.node().count(Limit.LLM_CALLS, need.llmCalls());
    open.node().count(Limit.TOOL_CALLS, need.toolCalls());
    made.budget().settle(made, input, output, need.toolCalls() > 0 ? 0 : pico);
  }
}
