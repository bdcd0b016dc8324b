package io.belay.agent.run;

import io.belay.agent.sql.SqlGlance;
import io.belay.agent.sql.SqlText;
import io.belay.api.RunStoppedException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A method that executes a statement. */
public final class SqlSite extends CallSite {
  /** Where the statement's text is. */
  public enum Source {
    /** Nowhere: it is no statement, such as a connection that is opened. */
    NONE,
    /** In argument 0. */
    ARGUMENT,
    /** It was given when the statement was prepared, or to its batch. */
    PREPARED,
    /** The same, where rows are asked for. */
    QUERY,
    /** It is a row that is changed. */
    ROW,
    /** The same, by a driver that in auto-commit commits it when its cursor is closed. */
    HELD_ROW,
    /** More rows of a statement that was executed before. */
    FETCH,
    /** A savepoint. */
    SAVEPOINT;

    /** The one that a boundary names. */
    public static Source named(String name) {
      return name.isEmpty() ? NONE : valueOf(name.toUpperCase(Locale.ROOT).replace(' ', '_'));
    }
  }

  /** What opening a connection is called; a rule that lets a statement pass lets that pass. */
  public static final String CONNECT = "connect";

  /**
   * The driver's frame inside a pool's: some pools close a connection whose statement ran out of
   * time, which is how several drivers report a cancelled one. A refusal they let pass. The pool
   * may be in something that wraps it in turn, so each frame of another receiver is one of these.
   */
  private static final Ticket BELOW_POOL = SqlSite::belowPool;

  private static final String CANCELLED = "57014";

  private final Source source;
  private final StatementTexts texts;
  private final Seen resultSets;

  /**
   * The class of the last one, which is mostly the next one's, too. Read and written without care.
   */
  private @Nullable Class<?> lastRows;

  /** A statement's call site; {@code rows} is told of classes of result sets, once each. */
  public SqlSite(
      Gatekeeper gatekeeper,
      String boundary,
      String label,
      Source source,
      StatementTexts texts,
      Consumer<Class<?>> rows,
      @Nullable Abort abort) {
    super(gatekeeper, boundary, label, Kind.SQL, null, null, abort);
    this.source = source;
    this.texts = texts;
    this.resultSets = new Seen(rows);
  }

  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    Lane lane = Carrier.slot().lane;
    Ticket ticket = lane == null ? null : lane.begin(this, self, args);
    return ticket == null ? super.enter(self, args) : ticket;
  }

  @Override
  Kind kindOf(@Nullable Object self, Object @Nullable [] args) {
    if (source == Source.QUERY && !texts.areSpecial()) {
      return Kind.SQL;
    }
    boolean commits =
        switch (source) {
          case ARGUMENT -> {
            String sql = argument(args);
            yield sql != null && SqlText.isCommit(sql);
          }
          case PREPARED, QUERY -> texts.commits(self);
          default -> false;
        };
    return commits ? Kind.COMMIT : Kind.SQL;
  }

  @Override
  @Nullable Ticket nested(
      InFlight outer, Slot slot, @Nullable Object self, Object @Nullable [] args) {
    Object above = outer.inner == null ? outer.self : outer.inner;
    boolean belowPool = self != above && source != Source.NONE;
    outer.inner = self;
    if (source == Source.ARGUMENT || outer.kind == Kind.COMMIT) {
      Stop stop = barred(self, args, outer.kind, outer.run);
      if (stop != null && !outer.allowed) {
        refuseNested(outer, stop, slot, self, args);
      }
    }
    if (source == Source.HELD_ROW) {
      return (result, thrown) -> {
        Transactions.held(outer, self);
        return belowPool(result, thrown);
      };
    }
    return belowPool ? BELOW_POOL : null;
  }

  private static @Nullable Object belowPool(@Nullable Object result, @Nullable Throwable thrown) {
    if (thrown == null) {
      return result;
    }
    InFlight outer = Carrier.slot().call();
    RuntimeException stopped = outer == null ? null : outer.instead(thrown);
    if (stopped != null) {
      throw stopped;
    }
    return result;
  }

  /** A text that commits, or that some databases commit before: the work of others goes with it. */
  @Override
  @Nullable Stop barred(@Nullable Object self, Object @Nullable [] args, Kind kind) {
    return barred(self, args, kind, null);
  }

  private @Nullable Stop barred(
      @Nullable Object self, Object @Nullable [] args, Kind kind, @Nullable Run decided) {
    if (kind == Kind.COMMIT) {
      return Transactions.barred(self, decided);
    }
    if (source == Source.QUERY && !texts.areSpecial()) {
      return null;
    }
    boolean commitsBefore =
        switch (source) {
          case ARGUMENT -> {
            String sql = argument(args);
            yield sql != null && SqlGlance.mayCommitBefore(sql);
          }
          case PREPARED, QUERY -> texts.mayCommitBefore(self);
          default -> false;
        };
    return commitsBefore ? Transactions.barred(self, decided) : null;
  }

  @Override
  boolean mayStill(InFlight call) {
    if (call.kind == Kind.COMMIT) {
      return Transactions.isAllAllowed(call.self);
    }
    return switch (source) {
      case ARGUMENT, PREPARED, QUERY -> {
        String sql = text(call);
        yield SqlText.isRollback(sql) || SqlText.isSecondPhase(sql);
      }
      default -> false;
    };
  }

  @Override
  Ending.@Nullable Undone undo(@Nullable Object self, Object @Nullable [] args, Kind kind)
      throws Exception {
    Connection connection = kind == Kind.COMMIT ? Transactions.connectionOf(self) : null;
    if (connection == null) {
      return null;
    }
    boolean first = Transactions.takesBack(connection);
    if (Transactions.isAutoCommit(connection)) {
      Transactions.rollBackText(connection);
    } else {
      Transactions.rollBack(connection);
    }
    return new Ending.Undone(true, first, false, null);
  }

  @Override
  String text(InFlight call) {
    String sql =
        switch (source) {
          case NONE -> CONNECT;
          case ROW, HELD_ROW -> null;
          case FETCH, SAVEPOINT -> source.name();
          case ARGUMENT -> argument(call.args);
          case PREPARED, QUERY -> texts.of(call.self);
        };
    return sql == null ? label() : sql;
  }

  @Override
  boolean answersByReturning() {
    return true;
  }

  @Override
  void left(InFlight call, @Nullable Object result, @Nullable Throwable thrown) {
    if (source != Source.NONE) {
      Lanes.count(call.slot);
    }
    leftLane(call, result, thrown);
  }

  /** The same for a thread that has its lane. After a query there mostly is nothing to settle. */
  void leftLane(InFlight call, @Nullable Object result, @Nullable Throwable thrown) {
    if (result != null && result.getClass() != lastRows && result instanceof ResultSet) {
      lastRows = result.getClass();
      resultSets.get(lastRows);
    }
    if (source != Source.QUERY || thrown != null || texts.areSpecial()) {
      settle(call, result, thrown);
    }
  }

  private void settle(InFlight call, @Nullable Object result, @Nullable Throwable thrown) {
    if (source == Source.NONE) {
      Transactions.opened(result);
      return;
    }
    boolean writes = writes(call);
    if (call.kind == Kind.COMMIT) {
      if (thrown == null) {
        Transactions.ended(call.self);
        Transactions.ended(call.inner);
      }
    } else if (writes) {
      String given = source == Source.ARGUMENT ? argument(call.args) : null;
      String sql = given == null ? "" : given;
      if (thrown == null && SqlGlance.undoesAll(sql)) {
        Transactions.ended(call.self);
        Transactions.ended(call.inner);
      } else {
        Transactions.wrote(call, SqlGlance.begins(sql), !changesRow());
        if (source == Source.HELD_ROW) {
          Transactions.held(call, call.self);
        }
      }
    }
    // Its own transaction: unless the database says that it was cancelled, nobody knows its end.
    call.undecided =
        thrown != null
            && writes
            && call.isAborted()
            && !cancelledWhole(call, thrown)
            && Transactions.isAutoCommit(call.self);
  }

  @Override
  boolean ambiguous(InFlight call) {
    return call.kind == Kind.COMMIT || call.undecided;
  }

  @Override
  boolean isUnable(Throwable fault) {
    return fault.getCause() instanceof SQLFeatureNotSupportedException;
  }

  /**
   * By the state that databases use whose every statement is all or nothing. Of a batch each item
   * is one, and a procedure may have committed in between.
   */
  private boolean cancelledWhole(InFlight call, Throwable thrown) {
    Throwable[] hidden = thrown.getSuppressed();
    Throwable told =
        thrown instanceof RunStoppedException && hidden.length > 0 ? hidden[0] : thrown;
    return told instanceof SQLException e
        && CANCELLED.equals(e.getSQLState())
        && !(told instanceof BatchUpdateException)
        && !SqlGlance.calls(text(call));
  }

  private boolean writes(InFlight call) {
    return switch (source) {
      case NONE, FETCH, SAVEPOINT -> false;
      case ROW, HELD_ROW -> true;
      case ARGUMENT -> writes(argument(call.args));
      case QUERY -> texts.mayReturnWhatItWrites() && writes(texts.of(call.self));
      case PREPARED -> {
        String sql = texts.of(call.self);
        texts.executed(call.self);
        yield sql == null || writes(sql);
      }
    };
  }

  private boolean changesRow() {
    return source == Source.ROW || source == Source.HELD_ROW;
  }

  private static @Nullable String argument(Object @Nullable [] args) {
    return args == null ? null : (String) args[0];
  }

  private static boolean writes(@Nullable String sql) {
    return sql != null && !SqlGlance.reads(sql);
  }
}
