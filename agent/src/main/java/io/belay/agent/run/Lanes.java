package io.belay.agent.run;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * All {@link Lane}s, and how one looks into them.
 *
 * <p>Whoever joins a run needs a fence between being seen and looking whether it may. It would be
 * the dearest part of a short statement, and is needed only when somebody looks. So that one pays
 * for both: having the stack of a thread read makes that thread come by a point at which everything
 * that it wrote before is visible, and after which it sees everything that was written before. The
 * proof is in CONCURRENCY.md. It rests on how HotSpot does it; on other machines there are no
 * lanes.
 */
public final class Lanes {
  /** Held while somebody looks: threads whose call is being looked at wait for it. */
  static final Object LOCK = new Object();

  /** How many there may be: a stop of everything asks each of these threads. */
  private static final int AT_MOST = 128;

  /** Statements of a thread before it gets one: most short-lived threads never do. */
  private static final int BEFORE = 32;

  private static final int TRY_AGAIN_AFTER = 100_000;

  private static final long IN_ITS_PLACE = 10_000_000;

  /** Whether the machine is another than the one that this rests on. Set at attach. */
  private static volatile boolean off;

  /** Whether the stack of one thread is read by stopping all of them, as before Java 19. */
  private static final boolean ALL_AT_ONCE = Runtime.version().feature() < 19;

  private static final List<WeakReference<Lane>> ALL = new ArrayList<>(); // Guarded by LOCK.

  private Lanes() {}

  /** There are none on a machine that is not called so. */
  public static void machine(String name) {
    off = !name.contains("HotSpot") && !name.startsWith("OpenJDK");
  }

  /** A statement of {@code slot}'s thread has gone the usual way. */
  static void count(Slot slot) {
    if (!off && slot.lane == null && ++slot.statements > BEFORE) {
      slot.statements = open(slot) ? 0 : -TRY_AGAIN_AFTER;
    }
  }

  private static boolean open(Slot slot) {
    if (slot.thread != Thread.currentThread() || !canBeFenced(slot.thread)) {
      return false;
    }
    synchronized (LOCK) {
      if (ALL.size() >= AT_MOST) {
        ALL.removeIf(lane -> lane.get() == null);
      }
      if (ALL.size() >= AT_MOST) {
        return false;
      }
      Lane lane = new Lane(slot);
      ALL.add(new WeakReference<>(lane));
      slot.lane = lane; // Before the lock is given back, so whoever looks later finds it.
      return true;
    }
  }

  /** Whether asking for its stack does that: not where a class of its own answers instead. */
  private static boolean canBeFenced(Thread thread) {
    try {
      return !VirtualThreads.isVirtual(thread)
          && thread.getClass().getMethod("getStackTrace").getDeclaringClass() == Thread.class;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError untold) {
      return false;
    }
  }

  /**
   * The calls of all threads at work for {@code runs} join them, where they have begun; those that
   * have not will see what was decided about their run before this was called.
   */
  static void settle(List<Run> runs) {
    synchronized (LOCK) {
      if (!ALL.isEmpty()) {
        look(of(runs));
      }
    }
  }

  private static Collection<Lane> of(List<Run> runs) {
    IdentityHashMap<Lane, Lane> lanes = new IdentityHashMap<>();
    for (Run run : runs) {
      if (run.above() == null) {
        return all(); // Who works for the root is not known to it.
      }
      for (Work piece : run.work.snapshot()) {
        Slot worker = piece.slot();
        Lane lane = worker == null ? null : worker.lane;
        if (lane != null) {
          lanes.put(lane, lane);
        }
      }
    }
    return lanes.keySet();
  }

  private static List<Lane> all() {
    List<Lane> live = new ArrayList<>();
    for (WeakReference<Lane> each : ALL) {
      Lane lane = each.get();
      if (lane != null) {
        live.add(lane);
      }
    }
    return live;
  }

  /** What {@code run} is at, for somebody who only wants to show it. */
  static List<InFlight> show(Run run) {
    synchronized (LOCK) {
      List<Lane> lanes = all();
      lanes.removeIf(lane -> !lane.seemsToBeIn(run));
      look(lanes);
    }
    return run.inFlight.snapshot();
  }

  private static void look(Collection<Lane> lanes) {
    lanes.forEach(Lane::want);
    for (Lane lane : lanes) {
      if (lane.slot.thread != Thread.currentThread() && fence(lane.slot.thread) && ALL_AT_ONCE) {
        break;
      }
    }
    lanes.forEach(Lane::give);
  }

  /** Answers whether the thread was made to come by: one that has ended need not. */
  private static boolean fence(Thread thread) {
    try {
      return thread.getStackTrace().length > 0;
    } catch (SecurityException forbidden) {
      LockSupport.parkNanos(IN_ITS_PLACE); // No processor keeps a write to itself that long.
      return false;
    }
  }
}
