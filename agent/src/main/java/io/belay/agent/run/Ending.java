package io.belay.agent.run;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which JDBC ends a transaction, and what takes their place in a run that is stopped.
 */
public enum Ending {
  /** {@code commit()}: rolled back, then refused. */
  COMMIT("COMMIT"),
  /**
   * {@code setAutoCommit(true)} by the application: rolled back, then refused if that took work
   * back. Where nothing is at stake it passes: transaction managers reset connections by it.
   */
  AUTO_COMMIT("SET AUTOCOMMIT ON"),
  /**
   * The same by a pool or a driver, inside a call that was decided about: rolled back, then let
   * through. One that throws leaks its state to the next borrower.
   */
  RESET("SET AUTOCOMMIT ON"),
  /** A method that commits by the way: likewise. */
  IMPLICIT("COMMIT (implicit)"),
  /** {@code close()}, which some drivers commit on: likewise, when there is work to lose. */
  CLOSE("CLOSE"),
  /**
   * The end of a cursor whose changes are committed by it, in auto-commit: likewise, in silence.
   */
  ROWS("CLOSE ROWS"),
  /** A step of something that a handle of its own takes back: by that, then refused. */
  HANDLE("COPY"),
  /** {@code XAResource.prepare}: the branch is rolled back, and its manager is told so. */
  XA_PREPARE("XA PREPARE"),
  /** A commit in one phase: likewise. The second of two phases is never touched. */
  XA_ONE_PHASE("XA COMMIT ONE PHASE");

  private final String text;

  Ending(String text) {
    this.text = text;
  }

  /**
   * What was done in place of a refused ending.
   *
   * @param counts whether anything was at stake
   * @param rolledBack whether work was taken back
   * @param proceeds whether the call goes on in silence
   * @param instead what its API wants thrown; {@code null} for the refusal itself
   */
  record Undone(
      boolean counts, boolean rolledBack, boolean proceeds, @Nullable Throwable instead) {}

  /** The one that a boundary names. */
  public static Ending named(String name) {
    for (Ending ending : values()) {
      if (ending.name().equalsIgnoreCase(name.replace(' ', '_'))) {
        return ending;
      }
    }
    throw new IllegalArgumentException("no ending is named " + name);
  }

  /** The word used in reports. */
  @Override
  public String toString() {
    return text;
  }

  /** What it is inside a call that was decided about. */
  Ending inside() {
    return this == AUTO_COMMIT ? RESET : this;
  }

  /** Whether a call that it does not concern must never be refused, whatever is inside. */
  boolean sparesOthers() {
    return this == XA_ONE_PHASE;
  }

  /** Whether this call ends a transaction; on the way through, so cheap. */
  boolean concerns(@Nullable Object self, Object @Nullable [] args) {
    return switch (this) {
      case COMMIT, IMPLICIT, HANDLE, XA_PREPARE -> true;
      case AUTO_COMMIT, RESET -> args != null && Boolean.TRUE.equals(args[0]);
      case XA_ONE_PHASE -> args != null && Boolean.TRUE.equals(args[1]);
      case CLOSE -> Transactions.hasWork(self);
      case ROWS -> self != null && Transactions.heldBy(self) != null;
    };
  }

  @Nullable Undone undo(@Nullable Object self, Object @Nullable [] args) throws SQLException {
    if (self == null) {
      return null;
    }
    return switch (this) {
      case XA_PREPARE, XA_ONE_PHASE ->
          new Undone(true, true, false, Transactions.rollBackBranch(self, args));
      case COMMIT -> {
        boolean first = Transactions.takesBack(self);
        Transactions.rollBack((Connection) self);
        yield new Undone(true, first, false, null);
      }
      case HANDLE -> new Undone(true, true, false, null);
      case ROWS -> {
        Connection holds = Transactions.heldBy(self);
        if (holds != null) {
          Transactions.rollBack(holds);
        }
        yield new Undone(holds != null, holds != null, true, null);
      }
      default -> {
        Connection connection = (Connection) self;
        boolean atStake = Transactions.hasWorkBehind(connection);
        boolean open = !connection.isClosed() && !connection.getAutoCommit();
        if (open) {
          Transactions.rollBack(connection);
        }
        boolean lost = open && atStake;
        boolean refuses = lost && this == AUTO_COMMIT;
        if (refuses) {
          Transactions.owesAutoCommit(connection);
        }
        yield new Undone(lost, lost, !refuses, null);
      }
    };
  }
}
