package io.belay.agent.run;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What JDBC tells in passing: texts of statements, and that a transaction was rolled back. */
public final class JdbcSite extends Site {
  /** What it tells. */
  public enum Tells {
    /** A statement of a class to weave was prepared, with its text. */
    PREPARED,
    /** A text was added to a batch. */
    BATCHED,
    /** The connection was rolled back. */
    ROLLED_BACK,
    /** A thing of a class to weave was made that works on the transactions of its maker. */
    BELONGS,
    /** A branch of a distributed transaction was begun. */
    BEGUN
  }

  private final Tells tells;
  private final StatementTexts texts;
  private final Seen seen;

  /** Tells {@code found} of the classes of statements, once each. */
  public JdbcSite(
      String boundary, String label, Tells tells, StatementTexts texts, Consumer<Class<?>> found) {
    super(boundary, label);
    this.tells = tells;
    this.texts = texts;
    this.seen = new Seen(found);
  }

  @Override
  void opened(@Nullable Object self, @Nullable Object made) {
    hit();
    switch (tells) {
      case PREPARED:
        if (made != null && self instanceof String sql) {
          seen.get(made.getClass());
          texts.prepared(made, sql);
        }
        break;
      case BATCHED:
        if (self != null && made instanceof String sql) {
          texts.batched(self, sql);
        }
        break;
      case BELONGS:
        if (self != null && made != null) {
          seen.get(made.getClass());
          Transactions.belongs(self, made);
        }
        break;
      case BEGUN:
        Transactions.branched(self);
        break;
      default:
        Transactions.ended(self);
    }
  }
}
