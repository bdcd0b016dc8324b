package io.belay.agent.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one thread, one after the other, without a locked instruction and without an
 * object for each. The call is the same object again and again until somebody else has seen it;
 * then it is given away, is in its run like any other, and the thread goes on with a new one.
 *
 * <p>What a fence at each statement would order is ordered by whoever looks: see {@link Lanes}.
 */
final class Lane implements Ticket {
  private static final VarHandle BUSY;

  static {
    try {
      BUSY = MethodHandles.lookup().findVarHandle(Lane.class, "busy", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final Slot slot;

  /** The thread's, unless {@link #given}. */
  private @Nullable InFlight call;

  /** Whether the thread is in the call. Written by the thread, with release only. */
  private volatile boolean busy;

  /** Whether somebody looks, or has seen the call. Written under the lock of {@link Lanes}. */
  private volatile boolean wanted;

  private boolean given; // Guarded by the lock of Lanes.

  Lane(Slot slot) {
    this.slot = slot;
  }

  /**
   * A statement is about to begin.
   *
   * @return the ticket, or {@code null} where it has to be decided about and kept in the usual way
   */
  @Nullable Ticket begin(SqlSite site, @Nullable Object self, Object @Nullable [] args) {
    Run run = runOfThread(site);
    if (run == null || busy || site.kindOf(self, args) != Kind.SQL) {
      return null;
    }
    InFlight next = call;
    if (next == null) {
      next = new InFlight(run, site, Kind.SQL, slot, self, args, null);
      call = next;
    } else {
      isNow(next, run, site, self, args);
    }
    boolean begins = false;
    BUSY.setRelease(this, true);
    try {
      // First it can be seen, then it looks: as whoever joins a run, but for the fence between.
      begins = run.verdict == null && site.barred(self, args, Kind.SQL) == null;
    } finally {
      if (!begins) {
        beginsNot(next);
      }
    }
    if (!begins) {
      return null;
    }
    slot.refusals = 0;
    slot.callIsTheLanes();
    return this;
  }

  /**
   * What the call stands for from now on. This and {@link #beginsNot} are methods of their own so
   * that {@link #begin} stays below 325 bytes, up to which HotSpot inlines it.
   */
  private void isNow(
      InFlight next, Run run, SqlSite site, @Nullable Object self, Object @Nullable [] args) {
    // What is the same is not written again: with some collectors each reference costs a fence.
    if (next.run != run) {
      next.run = run;
    }
    if (next.site != site) {
      next.site = site;
    }
    if (next.self != self) {
      next.self = self;
    }
    if (next.args != args) {
      next.args = args;
    }
    if (next.inner != null) {
      next.inner = null;
    }
    if (next.shield != slot.shield) {
      next.shield = slot.shield;
    }
    Clock clock = run.runs.clock;
    next.beganNanos = clock == Clock.SYSTEM ? Ticks.now() : clock.nanos();
  }

  /** The call that was about to begin does not, or has to be decided about elsewhere. */
  private void beginsNot(InFlight next) {
    InFlight seen = left();
    if (seen == null) {
      rest(next);
    } else {
      seen.withdraw();
    }
  }

  /**
   * The run that the thread works for, if that is sure to outlast its call: else {@code null}. The
   * root does; another does while it waits for what the thread is at.
   */
  private @Nullable Run runOfThread(SqlSite site) {
    Run run = slot.run;
    if (slot.call() != null) {
      return null;
    }
    if (run == null) {
      return site.root();
    }
    Work piece = slot.work;
    return piece != null && piece.run == run && piece.chain != null && piece.holds() ? run : null;
  }

  @Override
  public @Nullable Object exit(@Nullable Object result, @Nullable Throwable thrown) {
    InFlight mine = call;
    InFlight seen = null;
    if (mine != null) {
      slot.callIsNotTheLanes(mine);
      try {
        // No other site begins a call here; to say so saves the look-up of the method.
        ((SqlSite) mine.site).leftLane(mine, result, thrown);
      } finally {
        seen = left();
        if (seen != null) {
          seen.ended(thrown != null, true);
        }
      }
      RuntimeException stopped = thrown == null ? null : mine.instead(thrown);
      if (seen == null) {
        rest(mine);
      }
      if (stopped != null) {
        throw stopped;
      }
    }
    return result;
  }

  /** The thread is not in the call any more; answers it if somebody else has it. */
  private @Nullable InFlight left() {
    BUSY.setRelease(this, false);
    return wanted ? taken() : null;
  }

  /** Waits for whoever looks. */
  private @Nullable InFlight taken() {
    synchronized (Lanes.LOCK) {
      if (!given) {
        return null;
      }
      given = false;
      wanted = false;
      InFlight seen = call;
      call = null;
      return seen;
    }
  }

  /** What something has happened to is not used again. */
  private void rest(InFlight over) {
    if (!over.isUntouched()) {
      call = null;
    }
  }

  /** The call that the thread is in, if it is in its lane's. */
  @Nullable InFlight call() {
    return call;
  }

  /**
   * The thread has left what it was at, or given its connection back: nothing of its last call is
   * to be kept in memory by a thread that idles.
   */
  void forget() {
    if (!busy) {
      call = null;
    }
  }

  /** What the thread is in, as far as can be seen; for whoever only shows it. */
  boolean seemsToBeIn(Run run) {
    InFlight now = busy ? call : null;
    return now != null && now.run == run;
  }

  /** Somebody looks. Under the lock of {@link Lanes}, as what follows. */
  void want() {
    wanted = true;
  }

  /** What the thread is in joins its run, for everybody to see. After the fence. */
  void give() {
    InFlight now = busy ? call : null; // In this order.
    if (now != null && !given) {
      given = true;
      now.run.inFlight.add(now);
    }
    wanted = given;
  }
}
