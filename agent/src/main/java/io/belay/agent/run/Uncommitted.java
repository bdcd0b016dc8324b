package io.belay.agent.run;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose work a connection carries since its transaction began. One object stands for the driver's
 * connection and for all that pools wrap around it.
 *
 * <p>What an allow rule or a shield let through counts apart: it may be committed after the stop,
 * as long as nothing else is in the transaction.
 */
final class Uncommitted {
  private @Nullable WeakReference<Connection> connection; // Guarded by this.
  private final WeakReference<@Nullable Object> maker;
  private final List<Run> writers = new ArrayList<>(1); // Guarded by this.
  private boolean allowed; // Guarded by this.
  private boolean begun; // Guarded by this.
  private boolean branch; // Guarded by this.
  private boolean owesAutoCommit; // Guarded by this.
  private boolean manual; // Guarded by this.
  private boolean takenBack; // Guarded by this.

  /** Nothing yet, on {@code connection} if that is known. */
  Uncommitted(@Nullable Connection connection) {
    this(connection, null);
  }

  /** The same; {@code maker} is what made the first of its things, if that is no connection. */
  Uncommitted(@Nullable Connection connection, @Nullable Object maker) {
    this.connection = connection == null ? null : new WeakReference<>(connection);
    this.maker = new WeakReference<>(maker);
  }

  /** What made the first of its things: a connection of another kind, which can do more. */
  @Nullable Object maker() {
    return maker.get();
  }

  /** The connection that it is on, where something else than a statement leads to it. */
  synchronized @Nullable Connection connection() {
    return connection == null ? null : connection.get();
  }

  /** The connection has become known: its resource was asked for before it. */
  synchronized void on(Connection known) {
    connection = new WeakReference<>(known);
  }

  synchronized void wrote(Run run) {
    takenBack = false;
    if (!writers.contains(run)) {
      writers.add(run);
    }
  }

  synchronized void wroteByLeave() {
    takenBack = false;
    allowed = true;
  }

  synchronized void ended() {
    writers.clear();
    allowed = false;
    begun = false;
    branch = false;
  }

  /** A transaction was begun by a statement: the connection itself still says "auto-commit". */
  synchronized void begun() {
    takenBack = false;
    begun = true;
  }

  /** A branch of a distributed transaction was begun: only its resource ends that. */
  synchronized void branched() {
    begun();
    branch = true;
  }

  synchronized boolean isBranch() {
    return branch;
  }

  synchronized boolean isBegun() {
    return begun;
  }

  /** Auto-commit was switched off, or on, of which some connections tell nothing. */
  synchronized void manual(boolean off) {
    manual = off;
  }

  /** Whether a transaction is open that was begun, or that begins by itself. */
  synchronized boolean isOpen() {
    return begun || manual;
  }

  /**
   * A refused commit takes back what there is.
   *
   * @return whether there may be anything: not right after another one has
   */
  synchronized boolean takesBack() {
    boolean first = !takenBack;
    takenBack = true;
    return first;
  }

  /** Whether it is to be put into auto-commit when it is next handed out; {@code owes} from now. */
  synchronized boolean owesAutoCommit(boolean owes) {
    boolean before = owesAutoCommit;
    owesAutoCommit = owes;
    return before;
  }

  synchronized boolean isEmpty() {
    return writers.isEmpty() && !allowed;
  }

  synchronized boolean isAllAllowed() {
    return allowed && writers.isEmpty();
  }

  /** The stop of a run, other than one, whose work is in it; {@code null} when all may go on. */
  synchronized @Nullable Stop stopped(@Nullable Run but) {
    for (Run writer : writers) {
      Stop stop = writer == but ? null : writer.stopped();
      if (stop != null) {
        return stop;
      }
    }
    return null;
  }
}
