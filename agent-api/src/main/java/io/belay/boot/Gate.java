package io.belay.boot;

/**
 * The one class that woven code calls. Each method forwards to the {@link Keeper}; without one,
 * calls pass.
 *
 * <p>Threading: called by every application thread. The keeper is set once, before the first class
 * is woven, so a plain field is enough: a thread that runs woven code sees what was written before
 * the weaving.
 */
public final class Gate {
  private static Keeper keeper;

  /** Whether nobody is at work for a run; plain, too: the keeper says why that is enough. */
  private static boolean idle;

  private Gate() {}

  /** Hands all decisions to {@code chosen}; {@code null} lets every call pass. */
  public static void keeper(Keeper chosen) {
    keeper = chosen;
  }

  /** Whether sites below zero, which mean nothing without runs, are not asked. */
  public static void idle(boolean now) {
    idle = now;
  }

  /** The keeper in charge, or {@code null}. */
  public static Keeper keeper() {
    return keeper;
  }

  /**
   * Asks before a call.
   *
   * @return what {@link #exit} needs: {@code null} when there is nothing to settle, a {@link Skip}
   *     when the call must not happen and its result is already known
   */
  public static Object enter(int site, Object self, Object[] args) {
    if (site < 0 && idle) {
      return null;
    }
    Keeper asked = keeper;
    return asked == null ? null : asked.enter(site, self, args);
  }

  /** Settles a call that {@link #enter} gave a ticket for; answers the result to return. */
  public static Object exit(Object ticket, Object result, Throwable thrown) {
    Keeper asked = keeper;
    return asked == null ? result : asked.exit(ticket, result, thrown);
  }

  /** Asks only: a chunk, a fetch, a request head that a client sends again by itself. */
  public static void check(int site, Object self) {
    if (site < 0 && idle) {
      return;
    }
    Keeper asked = keeper;
    if (asked != null) {
      asked.check(site, self);
    }
  }

  /**
   * Makes a task carry the run that the current thread works for.
   *
   * @param self who takes the task; {@code null} in constructors and static methods
   */
  public static Object carry(int site, Object self, Object task) {
    if (site < 0 && idle) {
      return task;
    }
    Keeper asked = keeper;
    return asked == null ? task : asked.carry(site, self, task);
  }

  /** Tells that {@code made} now exists: a thing to abort later, or a class to weave. */
  public static void opened(int site, Object self, Object made) {
    if (site < 0 && idle) {
      return;
    }
    Keeper asked = keeper;
    if (asked != null) {
      asked.opened(site, self, made);
    }
  }
}
