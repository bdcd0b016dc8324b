package io.belay.agent.run;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks after runs whose entry has returned while tasks of theirs still wait somewhere. A queue may
 * have dropped such a task without telling anybody, so the run waits for it only as long as
 * somebody still could do it: as long as the garbage collector finds it in use.
 *
 * <p>One daemon thread, which exists while there is such a run.
 */
final class Lingering implements Runnable {
  private static final long TICK = 200_000_000;

  private final List<Run> watched = new ArrayList<>(); // Guarded by this.
  private boolean busy; // Guarded by this.

  /**
   * The entry of {@code run} has returned, and something of it is left. What a thread is at comes
   * by when it is done, so a request whose thread is about to leave it is not looked after.
   */
  void consider(Run run) {
    if (!run.lingers && (!run.inFlight.isEmpty() || run.work.any(Lingering::waits))) {
      run.lingers = true;
      watch(run);
    }
  }

  private static boolean waits(Work piece) {
    return piece.slot() == null && !piece.isDone();
  }

  private synchronized void watch(Run run) {
    watched.add(run);
    if (!busy) {
      busy = true;
      Threads.start(this, "belay-lingering");
    }
  }

  @Override
  public void run() {
    for (; ; ) {
      LockSupport.parkNanos(this, TICK);
      for (Run run : stillWatched()) {
        if (run.runs.isRetired()) {
          return;
        }
        loosen(run);
        run.lessToDo();
      }
      synchronized (this) {
        if (watched.isEmpty()) {
          busy = false;
          return;
        }
      }
    }
  }

  private synchronized List<Run> stillWatched() {
    for (Iterator<Run> each = watched.iterator(); each.hasNext(); ) {
      if (!each.next().isLingering()) {
        each.remove();
      }
    }
    return new ArrayList<>(watched);
  }

  /** What waits is held by whoever will do it, and no longer by its run. */
  private static void loosen(Run run) {
    Bonds.forgetTheDead();
    for (Work piece : run.work.snapshot()) {
      if (piece instanceof Unseen && !piece.holds()) {
        run.work.remove(piece);
      } else if (piece.isForsaken()) {
        piece.leave();
      } else if (!(piece instanceof Unseen)
          && piece.isQueueable()
          && piece.holds()
          && piece.slot() == null) {
        Unseen unseen = new Unseen(piece);
        unseen.join();
        run.work.remove(piece);
      }
    }
  }

  /** Stands in a run's chain for a piece of work that waits, without keeping it alive. */
  private static final class Unseen extends Work {
    private final WeakReference<Work> piece;

    Unseen(Work piece) {
      super(piece.run);
      this.piece = new WeakReference<>(piece);
    }

    @Override
    boolean holds() {
      Work waiting = piece.get();
      return waiting != null && !waiting.isDone() && !waiting.isForsaken();
    }

    @Override
    boolean isQueueable() {
      return true;
    }

    @Override
    void discard() {
      Work waiting = piece.get();
      if (waiting != null) {
        waiting.discard();
      }
    }
  }
}
