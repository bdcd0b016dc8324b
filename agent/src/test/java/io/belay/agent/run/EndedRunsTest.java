package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The runs that are remembered, and the ids of those that begin. */
class EndedRunsTest {
  @Test
  void theLastOnesAreRememberedInTheOrderOfTheirEnds() {
    try (Bench bench = new Bench(Bench.keeping(3))) {
      for (int i = 0; i < 5; i++) {
        bench.open("r" + i).exit(null, null);
      }
      assertEquals(List.of("r2", "r3", "r4"), ids(bench));
      assertNull(bench.runs.find("r1"));
      assertNotNull(bench.runs.find("r2"));
    }
  }

  @Test
  void anIdThatIsUsedAgainIsNotForgottenWithTheRunThatHadItBefore() {
    try (Bench bench = new Bench(Bench.keeping(3))) {
      for (String id : List.of("again", "b", "again", "c")) {
        bench.open(id).exit(null, null);
      }
      assertEquals(List.of("b", "again", "c"), ids(bench));
      assertNotNull(bench.runs.find("again"), "the second one is still remembered");
    }
  }

  @Test
  void noneIsRememberedWhereNoneIsToBe() {
    try (Bench bench = new Bench(Bench.keeping(0))) {
      bench.open("a").exit(null, null);
      assertTrue(bench.runs.ended().isEmpty());
      assertNull(bench.runs.find("a"));
    }
  }

  @Test
  void noTwoThreadsAreGivenTheSameId() throws InterruptedException {
    List<Set<String>> each = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Set<String> mine = new HashSet<>();
      each.add(mine);
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 10_000; i++) {
                  mine.add(RunIds.generated());
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    Set<String> all = new HashSet<>();
    each.forEach(all::addAll);
    assertEquals(40_000, all.size());
  }

  private static List<String> ids(Bench bench) {
    return bench.runs.ended().stream().map(Run::id).toList();
  }
}
