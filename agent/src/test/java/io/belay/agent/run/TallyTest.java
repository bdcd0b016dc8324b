package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
  @Test
  void whoComesByAloneIsCountedExactly() throws Exception {
    Tally tally = new Tally();
    for (int i = 0; i < 40; i++) { // More threads than places, one after the other.
      Thread thread = new Thread(() -> comeBy(tally));
      thread.start();
      thread.join();
    }

    assertEquals(40_000, tally.sum());
  }

  @Test
  void manyAtOnceNeverCountTooMuchNorNothing() throws Exception {
    Tally tally = new Tally();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread thread = new Thread(() -> comeBy(tally));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }

    long sum = tally.sum();
    assertTrue(sum >= 1_000 && sum <= 8_000, () -> "counted " + sum);
  }

  private static void comeBy(Tally tally) {
    for (int i = 0; i < 1_000; i++) {
      tally.add();
    }
  }
}
