package io.belay.agent.run;

import io.belay.agent.sql.SqlGlance;
import io.belay.agent.sql.SqlText;
import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A method of a database client that answers with a publisher. Nothing is sent before somebody
 * subscribes, perhaps more than once: woven code has the publisher wrapped, and each subscription
 * asks, with an {@link Exchange} as its one argument.
 */
public class SubscriptionSite extends CallSite {
  /** What a subscription does. */
  public enum Does {
    /** Opens or borrows a connection. */
    CONNECT,
    /** Sends a statement, whose text was given when it was made. */
    STATEMENT,
    /** Begins a transaction. */
    BEGIN,
    /** Sets a savepoint. */
    SAVEPOINT,
    /** Commits. */
    COMMIT,
    /** Commits if its argument is {@code true}. */
    AUTO_COMMIT,
    /** Takes back; always passes. */
    ROLLBACK,
    /** Reads what a statement answered; asks if that is over, since some are sent only then. */
    ROWS,
    /** Always passes, with all that it does inside. */
    SPARED,
    /** Always passes; only its signals are its run's. */
    PASSES;

    /** The one that a boundary names. */
    public static Does named(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  private final Does does;
  private final StatementTexts texts;
  private final Function<Class<?>, @Nullable Adapter> wraps;
  private final Seen seen;

  /**
   * A site.
   *
   * @param wraps finds the adapter that wraps publishers, by the receiver's class
   * @param found is told of the classes of what is published, once each
   */
  public SubscriptionSite(
      Gatekeeper gatekeeper,
      String boundary,
      String label,
      Does does,
      StatementTexts texts,
      Function<Class<?>, @Nullable Adapter> wraps,
      Consumer<Class<?>> found) {
    super(gatekeeper, boundary, label, Kind.SQL, wraps, null, null);
    this.does = does;
    this.texts = texts;
    this.wraps = wraps;
    this.seen = new Seen(found);
  }

  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    if (self == null) {
      return null;
    }
    if (args == null || args.length != 1 || !(args[0] instanceof Exchange exchange)) {
      boolean commits = args != null && Boolean.TRUE.equals(args[0]);
      return (Ticket) (result, thrown) -> result == null ? null : wrapped(self, commits, result);
    }
    if (does == Does.SPARED) {
      return QuietSite.enter(root().runs.none());
    }
    boolean reads = exchange.isPart();
    if (reads || does == Does.PASSES || does == Does.ROLLBACK || isSwitchedOff(exchange)) {
      if (does == Does.ROLLBACK || does == Does.AUTO_COMMIT) {
        Transactions.ended(self);
      }
      if (does == Does.AUTO_COMMIT) {
        Transactions.belongs(self, self);
        Transactions.manual(self, true);
      }
      Slot slot = Carrier.slot();
      if (slot.run != null) {
        exchange.tap(new Continuation(slot.run.live(), slot.shield));
      }
      return null;
    }
    Object ticket = super.enter(self, args);
    if (ticket instanceof InFlight call) {
      begun(call, self, exchange.url());
    }
    return ticket;
  }

  private Object wrapped(Object self, boolean commits, Object publisher) {
    Adapter adapter = wraps.apply(self.getClass());
    String text =
        switch (does) {
          case CONNECT -> SqlSite.CONNECT;
          case STATEMENT -> texts.of(self);
          case AUTO_COMMIT -> commits ? Does.COMMIT.name() : "";
          default -> does.name();
        };
    return adapter == null
        ? publisher
        : adapter.published(publisher, self, text == null ? label() : text, number());
  }

  /** {@code setAutoCommit(false)}: whatever comes is another transaction. */
  private boolean isSwitchedOff(Exchange exchange) {
    return does == Does.AUTO_COMMIT && exchange.url().isEmpty();
  }

  /** It passes: what the connection carries from now on. */
  void begun(InFlight call, Object self, String text) {
    switch (does) {
      case BEGIN -> {
        Transactions.belongs(self, self);
        Transactions.ended(self);
        Transactions.begun(self);
      }
      case COMMIT, AUTO_COMMIT -> {
        Transactions.ended(self);
        if (does == Does.AUTO_COMMIT) {
          Transactions.manual(self, false);
        }
      }
      case STATEMENT, ROWS -> {
        Object connection = Transactions.makerOf(self);
        if (connection != null && call.exchange != null) {
          call.exchange.through(connection);
        }
        if (call.kind == Kind.COMMIT || SqlGlance.undoesAll(text)) {
          Transactions.ended(self);
          if (SqlGlance.setsAutoCommit(text)) {
            Transactions.manual(self, false);
          }
        } else if (!SqlGlance.reads(text)) {
          boolean alone = call.exchange == null || call.exchange.autoCommits();
          call.undecided = !Transactions.wrote(self, call, text, alone);
        }
      }
      default -> {}
    }
  }

  @Override
  Kind kindOf(@Nullable Object self, Object @Nullable [] args) {
    return switch (does) {
      case COMMIT, AUTO_COMMIT -> Kind.COMMIT;
      case STATEMENT, ROWS -> SqlText.isCommit(text(args)) ? Kind.COMMIT : Kind.SQL;
      default -> Kind.SQL;
    };
  }

  private static String text(Object @Nullable [] args) {
    return args != null && args[0] instanceof Exchange exchange ? exchange.url() : "";
  }

  @Override
  @Nullable Exchange open(@Nullable Object self, Object @Nullable [] args) {
    return args == null ? null : (Exchange) args[0];
  }

  /** Of asynchronous calls none is inside another: each is decided about by itself. */
  @Override
  @Nullable Stop barred(@Nullable Object self, Object @Nullable [] args, Kind actual) {
    boolean commits = actual == Kind.COMMIT || SqlGlance.mayCommitBefore(text(args));
    return commits ? Transactions.barred(self, null) : null;
  }

  @Override
  boolean mayStill(InFlight call) {
    if (call.kind == Kind.COMMIT) {
      return Transactions.isAllAllowed(subject(call));
    }
    String text = text(call);
    return isStatement() && (SqlText.isRollback(text) || SqlText.isSecondPhase(text));
  }

  /** The adapter rolls back, when it is told of the refusal; whose that is, is told here. */
  @Override
  Ending.@Nullable Undone undo(InFlight call) {
    Exchange exchange = call.exchange;
    if (exchange == null || call.kind != Kind.COMMIT) {
      return null;
    }
    boolean takesBack = takesBack() && Transactions.takesBack(exchange.subject());
    if (takesBack) {
      exchange.tap(call);
      Transactions.ended(exchange.subject());
    }
    return new Ending.Undone(true, takesBack, false, null);
  }

  /** Whether a refused commit is one that the adapter rolls back. */
  boolean takesBack() {
    return !isStatement();
  }

  private boolean isStatement() {
    return does == Does.STATEMENT || does == Does.ROWS;
  }

  private static @Nullable Object subject(InFlight call) {
    return call.exchange == null ? null : call.exchange.subject();
  }

  @Override
  String text(InFlight call) {
    return call.exchange == null ? label() : call.exchange.url();
  }

  @Override
  boolean ambiguous(InFlight call) {
    return call.kind == Kind.COMMIT || call.undecided;
  }

  @Override
  boolean isAwaited(InFlight call) {
    return !text(call).equals(SqlSite.CONNECT);
  }

  /** Something was published. */
  @Override
  void opened(@Nullable Object self, @Nullable Object made) {
    if (made != null) {
      seen.get(made.getClass());
    }
  }
}
