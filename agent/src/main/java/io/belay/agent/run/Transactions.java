package io.belay.agent.run;

import io.belay.agent.sql.SqlGlance;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * What Belay does to JDBC objects: finds the connection behind a thing, remembers whose work it
 * carries, rolls it back. Loaded when the first JDBC call is made: some JVMs have no SQL module.
 *
 * <p>A transaction is known by its connections, of which a pool shows several for one: each
 * statement leads to the one that the application holds and to the driver's own.
 */
final class Transactions {
  private static final WeakTable<Uncommitted> BY_THING = new WeakTable<>();

  /** Whether any connection was ever left in need of auto-commit; mostly none is. */
  private static volatile boolean owing;

  private Transactions() {}

  /** The connection that {@code thing} is or belongs to; {@code null} when it does not tell. */
  static @Nullable Connection connectionOf(@Nullable Object thing) {
    try {
      if (thing instanceof Connection connection) {
        return connection;
      }
      if (thing instanceof Statement statement) {
        return statement.getConnection();
      }
      if (thing instanceof ResultSet rows) {
        Statement statement = rows.getStatement();
        return statement == null ? null : statement.getConnection();
      }
    } catch (SQLException | RuntimeException closed) {
      return null; // A closed statement has nothing to say; its connection's own end is seen.
    }
    return null;
  }

  /**
   * A statement that may have changed something has come back.
   *
   * @param whole whether, in auto-commit, whatever the connection carries is committed with it
   */
  static void wrote(InFlight call, boolean begins, boolean whole) {
    Connection held = connectionOf(call.self);
    Object inner = call.inner;
    Connection driver = inner == null ? held : connectionOf(inner);
    Uncommitted work = driver == null ? BY_THING.get(call.self) : BY_THING.get(driver);
    if (driver != null && work == null) {
      work = held == driver ? null : BY_THING.get(held); // What a manager of transactions shows.
      work = work == null ? new Uncommitted(driver) : work;
      BY_THING.put(driver, work);
    }
    if (work == null) {
      return;
    }
    if (begins) {
      work.begun();
    }
    if (!work.isBegun() && isAutoCommit(driver == null ? work.connection() : driver)) {
      if (whole) {
        work.ended(); // It was a transaction of its own, and that is over.
      }
      return;
    }
    if (held != null && held != driver && BY_THING.get(held) != work) {
      BY_THING.put(held, work);
    }
    if (call.allowed) {
      work.wroteByLeave();
    } else {
      work.wrote(call.run);
    }
  }

  /**
   * A row of the cursor {@code rows} was changed, and its driver commits that when the cursor is
   * closed, although the connection is in auto-commit. If it is not, its commit does that.
   */
  static void held(InFlight call, @Nullable Object rows) {
    Connection driver = connectionOf(rows);
    if (rows == null || driver == null || !isAutoCommit(driver)) {
      return;
    }
    Uncommitted work = BY_THING.get(driver);
    if (work == null) {
      work = new Uncommitted(driver);
      BY_THING.put(driver, work);
    }
    BY_THING.put(rows, work); // Which tells of no connection any more once it is closed.
    if (call.allowed) {
      work.wroteByLeave();
    } else {
      work.wrote(call.run);
    }
  }

  /** The connection that commits what its cursor has changed as that is closed now, if any does. */
  static @Nullable Connection heldBy(Object rows) {
    Uncommitted work = BY_THING.isEmpty() ? null : BY_THING.get(rows);
    Connection connection = work == null || work.isEmpty() ? null : work.connection();
    try {
      return isAutoCommit(connection) && !((ResultSet) rows).isClosed() ? connection : null;
    } catch (SQLException | RuntimeException untold) {
      return null;
    }
  }

  /**
   * A statement of {@code thing}'s connection, which is none of JDBC's, is about to be sent.
   *
   * @param autoCommits whether, as far as the connection tells, it is in no transaction
   * @return whether the statement is part of a transaction
   */
  static boolean wrote(Object thing, InFlight call, String text, boolean autoCommits) {
    Uncommitted work = BY_THING.get(thing);
    if (work == null) {
      return false;
    }
    if (SqlGlance.begins(text)) {
      work.begun();
    }
    if (SqlGlance.leavesAutoCommit(text)) {
      work.manual(true);
    }
    if (autoCommits && !work.isOpen()) {
      return false; // What it changes is over with it, and no work of its run is left behind.
    }
    if (call.allowed) {
      work.wroteByLeave();
    } else {
      work.wrote(call.run);
    }
    return true;
  }

  /** The connection of {@code thing} was told to begin transactions by itself, or not to. */
  static void manual(Object thing, boolean off) {
    Uncommitted work = workOf(thing);
    if (work != null) {
      work.manual(off);
    }
  }

  /** A refused commit of {@code thing} takes its work back; answers whether it is the first to. */
  static boolean takesBack(Object thing) {
    Uncommitted work = workBehind(thing);
    if (work == null) {
      Connection driver = behind(connectionOf(thing));
      work = new Uncommitted(driver);
      BY_THING.put(driver == null ? thing : driver, work);
    }
    return work.takesBack();
  }

  /**
   * A connection was handed out. Some pools hand on what was open when it came back to them: work
   * of a run that is stopped is taken back here, so that it is nobody else's trouble.
   */
  static void opened(@Nullable Object made) {
    if (BY_THING.isEmpty() || !(made instanceof Connection connection)) {
      return;
    }
    try {
      Uncommitted work = BY_THING.get(connection.unwrap(Connection.class));
      if (work != null && work.stopped(null) != null) {
        rollBack(connection);
        work.ended();
      }
      if (work != null && work.owesAutoCommit(false) && !connection.getAutoCommit()) {
        connection.setAutoCommit(true); // Its last borrower asked for that, and was refused.
      }
    } catch (SQLException | RuntimeException untold) {
      // A connection that cannot say what is behind it stays refused at its commit.
    }
  }

  /** A refusal leaves the connection without the auto-commit that its borrower wanted back. */
  static void owesAutoCommit(Connection connection) {
    Uncommitted work = workBehind(connection);
    if (work != null) {
      work.owesAutoCommit(true);
      owing = true;
    }
  }

  /** Its borrower, or its pool, has set it as it is to be. */
  static void paysAutoCommit(@Nullable Object connection) {
    Uncommitted work = owing ? workBehind(connection) : null;
    if (work != null) {
      work.owesAutoCommit(false);
    }
  }

  /**
   * A connection is given back: it gets the auto-commit that it is owed by way of what is shown, so
   * that its pool knows, and makes of it whatever it wants its connections to be. Where there is
   * work on it, that would be committed by it.
   */
  static void paysBeforeClose(@Nullable Object shown) {
    Uncommitted work = owing ? workBehind(shown) : null;
    if (work == null || !work.isEmpty() || !work.owesAutoCommit(false)) {
      return;
    }
    Connection connection = (Connection) shown;
    try {
      if (connection != null && !connection.isClosed() && !connection.getAutoCommit()) {
        connection.setAutoCommit(true);
      }
    } catch (SQLException | RuntimeException broken) {
      // Its pool finds that out.
    }
  }

  /** The same as {@link #workOf} for a connection whose statements may lead past it. */
  private static @Nullable Uncommitted workBehind(@Nullable Object shown) {
    Uncommitted work = workOf(shown);
    return work == null && shown instanceof Connection connection && !BY_THING.isEmpty()
        ? workOf(behind(connection))
        : work;
  }

  /**
   * {@code made} works on the same transactions as {@code maker}: the connection and the resource
   * of one XA connection, or a side door of a connection past its statements.
   */
  static void belongs(Object maker, Object made) {
    Connection connection = made instanceof Connection shown ? shown : connectionOf(maker);
    Connection driver = behind(connection);
    // A connection that is no JDBC connection tells nothing; what it shows may be known better.
    Uncommitted inside = connection == null ? workOf(made) : null;
    Uncommitted work = inside == null ? workOf(maker) : inside;
    if (work == inside || work == null || work.connection() == null && connection != null) {
      Uncommitted known = connection == null ? inside : workOf(connection);
      if (known == null && work != null && driver != null) {
        work.on(driver); // So that a resource which was asked for before stays one with it.
      } else {
        work = known == null ? new Uncommitted(driver, maker) : known;
        BY_THING.put(maker, work);
      }
    }
    BY_THING.put(made, work);
    if (driver != null) {
      BY_THING.put(driver, work);
    }
  }

  /** What made {@code thing}, where that is a connection of another kind than JDBC's. */
  static @Nullable Object makerOf(Object thing) {
    Uncommitted work = BY_THING.get(thing);
    return work == null ? null : work.maker();
  }

  /** The driver's own connection, as far as the one shown tells. */
  private static @Nullable Connection behind(@Nullable Connection shown) {
    try {
      return shown == null ? null : shown.unwrap(Connection.class);
    } catch (SQLException | RuntimeException untold) {
      return shown;
    }
  }

  /** A transaction was begun, of which the connection may say nothing. */
  static void begun(@Nullable Object thing) {
    Uncommitted work = workOf(thing);
    if (work != null) {
      work.begun();
    }
  }

  /** The same for a branch of a distributed one. */
  static void branched(@Nullable Object resource) {
    Uncommitted work = workOf(resource);
    if (work != null) {
      work.branched();
    }
  }

  /** Whether a connection works in a branch, which goes on when what is shown of it is closed. */
  static boolean isBranch(@Nullable Object shown) {
    Uncommitted work = workBehind(shown);
    return work != null && work.isBranch();
  }

  private static @Nullable Uncommitted workOf(@Nullable Object thing) {
    if (thing == null || BY_THING.isEmpty()) {
      return null;
    }
    Connection connection = connectionOf(thing);
    return BY_THING.get(connection == null ? thing : connection);
  }

  /** The connection's transaction is over, or a new one begins. */
  static void ended(@Nullable Object thing) {
    Uncommitted work = workBehind(thing);
    if (work != null) {
      work.ended();
    }
  }

  /**
   * The stop of a run whose work would be committed; {@code null} when there is none.
   *
   * @param decided the run whose own commit was let through and may finish; {@code null} for none
   */
  static @Nullable Stop barred(@Nullable Object thing, @Nullable Run decided) {
    Uncommitted work = workOf(thing);
    return work == null ? null : work.stopped(decided);
  }

  static boolean hasWork(@Nullable Object thing) {
    Uncommitted work = workOf(thing);
    return work != null && !work.isEmpty();
  }

  /** The same, of the driver's connection behind one that is shown. */
  static boolean hasWorkBehind(Connection shown) {
    Uncommitted work = workBehind(shown);
    return work != null && !work.isEmpty();
  }

  static boolean isAllAllowed(@Nullable Object thing) {
    Uncommitted work = workOf(thing);
    return work != null && work.isAllAllowed();
  }

  static boolean isAutoCommit(@Nullable Object thing) {
    try {
      Connection connection = connectionOf(thing);
      return connection != null && connection.getAutoCommit();
    } catch (SQLException | RuntimeException closed) {
      return false;
    }
  }

  /** Takes back what the connection carries; through its pool, else on its own, else for good. */
  static void rollBack(Connection connection) throws SQLException {
    try {
      connection.rollback();
    } catch (SQLException | RuntimeException refused) {
      Connection driver = connection.unwrap(Connection.class);
      try {
        driver.rollback();
      } catch (SQLException | RuntimeException broken) {
        driver.abort(Runnable::run); // A server rolls back what a lost client leaves.
      }
    }
    ended(connection);
  }

  /** The same for a transaction that was begun as text, of which the connection knows nothing. */
  static void rollBackText(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException | RuntimeException none) {
      // Some databases complain when there is no transaction; if there is one, it stays refused.
    }
    ended(connection);
  }

  /** Rolls a branch back that is not prepared; answers what its manager is told. */
  static Throwable rollBackBranch(Object resource, Object @Nullable [] args) {
    try {
      if (args != null) {
        ((XAResource) resource).rollback((Xid) args[0]);
      }
    } catch (XAException | RuntimeException gone) {
      // The manager forgets the branch all the same, and the resource when its session ends.
    }
    return new XAException(XAException.XA_RBROLLBACK);
  }
}
