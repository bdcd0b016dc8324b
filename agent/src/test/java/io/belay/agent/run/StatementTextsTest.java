package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
}
