package io.belay.agent.run;

import io.belay.agent.sql.SqlGlance;
import io.belay.agent.sql.SqlText;
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

  /** The same for one before which some databases commit. */
  private volatile boolean commitsBefore;

  /** Whether one was seen that writes and is asked for its rows. */
  private volatile boolean returning;

  /** Whether any of these three. Read at every statement, so that the three are not. */
  private volatile boolean special;

  private static final class Text {
    final @Nullable String sql;

    // What follows is confined, as a statement is, to one thread at a time.
    boolean commits;
    boolean commitsBefore;
    @Nullable StringBuilder batch;
    boolean executed;

    Text(@Nullable String sql) {
      this.sql = sql;
    }
  }

  void prepared(Object statement, String sql) {
    Text text = new Text(sql);
    look(text, sql);
    if (!SqlGlance.reads(sql) && SqlGlance.mayReturnRows(sql)) {
      returning = true;
      special = true;
    }
    texts.put(statement, text);
  }

  private void look(Text text, String sql) {
    text.commits |= SqlText.isCommit(sql);
    text.commitsBefore |= SqlGlance.mayCommitBefore(sql);
    // Written to true alone: to write what was read could take another thread's back.
    if (text.commits) {
      commits = true;
      special = true;
    }
    if (text.commitsBefore) {
      commitsBefore = true;
      special = true;
    }
  }

  void batched(Object statement, String sql) {
    Text text = texts.get(statement);
    if (text == null) {
      text = new Text(null);
      texts.put(statement, text);
    }
    if (text.batch == null || text.executed) {
      text.batch = new StringBuilder(sql);
      text.executed = false;
      text.commits = false;
      text.commitsBefore = false;
    } else if (text.batch.length() < LONGEST_BATCH) {
      text.batch.append("; ").append(sql);
    }
    look(text, sql);
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

  boolean mayCommitBefore(@Nullable Object statement) {
    if (!commitsBefore) {
      return false;
    }
    Text text = texts.get(statement);
    return text != null && text.commitsBefore;
  }

  /** Whether any statement was seen that does more than read when it is asked for rows. */
  boolean areSpecial() {
    return special;
  }

  boolean mayReturnWhatItWrites() {
    return returning;
  }
}
