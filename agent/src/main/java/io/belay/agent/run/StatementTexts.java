package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/**
 * The texts of prepared statements and of batches, which their drivers do not tell. Remembered when
 * a statement is prepared and looked up when somebody asks, which on the way through nobody does.
 */
public final class StatementTexts {
  /** A batch's text is for people and for rules, which accept no second statement anyway. */
  private static final int LONGEST_BATCH = 2_000;

  private final WeakTable<Text> texts = new WeakTable<>();

  /** Whether a prepared statement was seen that commits. Then, and only then, all are looked up. */
  private volatile boolean commits;

  /** Whether one was seen that writes and is asked for its rows. */
  private volatile boolean returning;

  private static final class Text {
    final @Nullable String sql;
    final boolean commits;
    @Nullable StringBuilder batch; // Confined, as a statement is, to one thread at a time.
    boolean executed;

    Text(@Nullable String sql, boolean commits) {
      this.sql = sql;
      this.commits = commits;
    }
  }

  void prepared(Object statement, String sql) {
    boolean ends = SqlText.isCommit(sql);
    commits = commits || ends;
    returning = returning || !SqlGlance.reads(sql) && SqlGlance.mayReturnRows(sql);
    texts.put(statement, new Text(sql, ends));
  }

  void batched(Object statement, String sql) {
    Text text = texts.get(statement);
    if (text == null) {
      text = new Text(null, false);
      texts.put(statement, text);
    }
    if (text.batch == null || text.executed) {
      text.batch = new StringBuilder(sql);
      text.executed = false;
    } else if (text.batch.length() < LONGEST_BATCH) {
      text.batch.append("; ").append(sql);
    }
  }

  /** A batch was executed: what is added from now on is another one. */
  void executed(@Nullable Object statement) {
    Text text = texts.get(statement);
    if (text != null) {
      text.executed = true;
    }
  }

  /** Its text, or that of its batch; {@code null} when it was not seen. */
  @Nullable String of(@Nullable Object statement) {
    Text text = texts.get(statement);
    if (text == null) {
      return null;
    }
    return text.sql != null || text.batch == null ? text.sql : text.batch.toString();
  }

  boolean commits(@Nullable Object statement) {
    if (!commits) {
      return false;
    }
    Text text = texts.get(statement);
    return text != null && text.commits;
  }

  boolean mayReturnWhatItWrites() {
    return returning;
  }
}
