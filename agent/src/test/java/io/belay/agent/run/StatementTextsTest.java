package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** When a query has to be looked at more closely than in passing. */
class StatementTextsTest {
  private final StatementTexts texts = new StatementTexts();

  @Test
  void whereNothingButReadingAndWritingWasSeenNoQueryIsLookedAt() {
    texts.prepared(new Object(), "SELECT 1");
    texts.prepared(new Object(), "UPDATE t SET a = 1");
    texts.batched(new Object(), "INSERT INTO t VALUES (1)");
    assertFalse(texts.areSpecial());
  }

  @Test
  void oneThatCommits() {
    Object statement = new Object();
    texts.prepared(statement, "/* now */ COMMIT");
    assertTrue(texts.areSpecial() && texts.commits(statement));
  }

  @Test
  void oneThatCommitsInABatch() {
    Object statement = new Object();
    texts.batched(statement, "COMMIT");
    assertTrue(texts.areSpecial() && texts.commits(statement));
  }

  @Test
  void oneBeforeWhichSomeDatabasesCommit() {
    Object statement = new Object();
    texts.prepared(statement, "CREATE TABLE t (a INT)");
    assertTrue(texts.areSpecial() && texts.mayCommitBefore(statement));
  }

  @Test
  void oneThatReturnsWhatItWrites() {
    texts.prepared(new Object(), "INSERT INTO t VALUES (1) RETURNING a");
    assertTrue(texts.areSpecial() && texts.mayReturnWhatItWrites());
  }

  /** Once seen, it is seen by all, however many others are prepared at the same time. */
  @Test
  void oneThatCommitsAmongMany() throws Exception {
    int rounds = Integer.getInteger("belay.races", 500) * 100;
    AtomicReference<StatementTexts> shared = new AtomicReference<>(new StatementTexts());
    AtomicBoolean over = new AtomicBoolean();
    Thread other =
        new Thread(
            () -> {
              while (!over.get()) {
                shared.get().batched("other", "SELECT 1");
              }
            });
    other.start();
    int lost = 0;
    for (int i = 0; i < rounds; i++) {
      StatementTexts here = new StatementTexts();
      shared.set(here);
      for (int wait = i % 50; wait > 0; wait--) {
        Thread.onSpinWait();
      }
      here.batched("mine", "COMMIT");
      for (int wait = 0; wait < 50; wait++) {
        Thread.onSpinWait();
      }
      lost += here.areSpecial() && here.commits("mine") ? 0 : 1;
    }
    over.set(true);
    other.join();
    assertEquals(0, lost);
  }
}
