package io.belay.agent.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work of a run: a task from the moment it was handed over, a thread, an entry point. As
 * long as one is in its run's chain the run is not over. Carried tasks extend it, so that carrying
 * costs one object.
 */
class Work extends Link {
  private static final Object DONE = "done";
  private static final VarHandle PLACE;

  static {
    try {
      PLACE = MethodHandles.lookup().findVarHandle(Work.class, "place", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** That its thread is being interrupted by us, or was. */
  private static final class Waking {
    final Slot worker;
    volatile boolean interrupted;

    Waking(Slot worker) {
      this.worker = worker;
    }
  }

  /** Changes for a recurring task alone: it becomes the root's when its run has ended. */
  Run run;

  /**
   * Where it is. Before it begins, the future by which the application waits for it, or {@code
   * null}; the {@link Slot} of the thread that is at it; {@link Waking}; {@link #DONE}. One field,
   * so that beginning, ending and waking exclude each other at the price of one atomic step each.
   */
  private volatile @Nullable Object place;

  Work(Run run) {
    this.run = run;
  }

  /** Whether the run waits for it: a daemon thread holds a run as little as it holds a JVM. */
  boolean holds() {
    return true;
  }

  /** Whether it can wait for a thread; a stop then sees to it that it never gets one. */
  boolean isQueueable() {
    return false;
  }

  /** Whether somebody hears of the stop by its being discarded, and may be waiting for that. */
  boolean tellsOfStop() {
    return false;
  }

  /** Whether it is one by which a library keeps itself going: it is done although its run stops. */
  boolean mustFinish() {
    return false;
  }

  /** Tells what to cancel if the run is stopped before this begins. */
  final void standsFor(@Nullable Object future) {
    PLACE.compareAndSet(this, null, future);
  }

  /** The state of the thread that is at it; {@code null} while it waits for one, and afterwards. */
  final @Nullable Slot slot() {
    Object at = place;
    if (at instanceof Waking waking) {
      return waking.worker;
    }
    return at instanceof Slot worker ? worker : null;
  }

  final boolean isDone() {
    return place == DONE;
  }

  /** Whether it waits for nothing any more: whoever waited for it has cancelled it. */
  boolean isForsaken() {
    return place instanceof Future<?> future && future.isDone();
  }

  /** Puts it among its run's work. */
  final void join() {
    if (run.above() != null) {
      run.work.add(this);
    }
  }

  /**
   * Called by the thread that has done it: {@link #finish} and {@link #leave} in one step, where
   * nobody was about to wake the thread.
   */
  final void doneBy(Slot worker) {
    if (outBy(worker)) {
      run.lessToDo();
    }
  }

  /** The same without a look whether the run ends by it: answers whether somebody has to look. */
  final boolean outBy(Slot worker) {
    Chain in = chain;
    boolean was = in != null && in.unlink(this, worker);
    finish(worker);
    return was;
  }

  /** Under the chain's lock, under which it is marked as being woken, too. */
  final void markDone(Slot worker) {
    if (place == worker) {
      PLACE.setRelease(this, DONE);
    }
  }

  /** Under the chain's lock. */
  final boolean mark(@Nullable Object at, Object waking) {
    return PLACE.compareAndSet(this, at, waking);
  }

  /** Takes it out for good; the run may end by this. Answers whether it still was in. */
  final boolean leave() {
    boolean was = run.work.remove(this);
    if (was) {
      run.lessToDo();
    }
    return was;
  }

  /**
   * Called by the thread that is about to do it, before that reads what was decided about the run:
   * a stop decides first and then looks for work that nobody is at, so it is either seen at work or
   * not started.
   *
   * @return the future that stands for it, or {@code null}
   */
  final @Nullable Object begin(Slot worker) {
    Object waits = place;
    place = worker;
    return waits;
  }

  /**
   * The same for what nobody was told of, as a stage: it is put among its run's work, which orders
   * what {@link #begin} has to order.
   */
  final void beginFirst(Slot worker) {
    if (chain != null) {
      begin(worker);
      return;
    }
    PLACE.setRelease(this, worker);
    join();
  }

  /**
   * Called by the same thread when it is done. After it returns no interrupt of ours can reach the
   * thread any more, and one that came is taken back: a pooled thread must not keep it.
   */
  final void finish(Slot worker) {
    Object at = place;
    if (at == DONE || (at == worker && PLACE.compareAndSet(this, worker, DONE))) {
      return;
    }
    while (place instanceof Waking waking) {
      if (!waking.interrupted) {
        Thread.onSpinWait(); // The waker only has to return from interrupt().
      } else if (PLACE.compareAndSet(this, waking, DONE)) {
        Thread.interrupted();
      }
    }
  }

  /**
   * Interrupts the thread that is at it, unless that thread has left. Called by the stopper alone.
   *
   * @return whether the thread was interrupted
   */
  final boolean wake() {
    Object at = place;
    Slot worker = slot();
    if (worker == null || (at instanceof Waking waking && !waking.interrupted)) {
      return false;
    }
    Waking mine = new Waking(worker);
    Chain in = chain; // Who is in none is done, or the root's, whose threads are not woken.
    if (in == null || !in.mark(this, at, mine)) {
      return false;
    }
    worker.thread.interrupt();
    mine.interrupted = true;
    return true;
  }

  /**
   * Takes an interrupt of ours back that has come. Called by the thread that is at it.
   *
   * @return whether one had come
   */
  final boolean tookWake(Slot worker) {
    if (!(place instanceof Waking waking)) {
      return false;
    }
    while (!waking.interrupted) {
      Thread.onSpinWait(); // As in finish.
    }
    boolean taken = PLACE.compareAndSet(this, waking, worker);
    if (taken) {
      Thread.interrupted();
    }
    return taken;
  }

  /** Nobody is going to do it, as far as can be known. */
  final void giveUp() {
    Object at = place;
    if (at != DONE && slot() == null && PLACE.compareAndSet(this, at, DONE)) {
      run.work.remove(this);
      run.lessToDo();
    }
  }

  /** It was done, or begun, and is put back: its run waits for it again. */
  final void waitAgain() {
    if (isDone()) {
      place = null;
      if (chain == null) {
        join();
      }
    }
  }

  /** It is not to begin: tells whoever waits for it. Calls out, so no lock may be held. */
  void discard() {
    cancelled(place);
  }

  /** Cancels what stands for it; a future that can say why it was cancelled does. */
  final void cancelled(@Nullable Object waits) {
    if (waits != null && waits.getClass() == CompletableFuture.class && run.stopped() != null) {
      ((CompletableFuture<?>) waits).completeExceptionally(Refusals.notStarted(run));
    } else {
      cancel(waits);
    }
  }

  static void cancel(@Nullable Object waits) {
    if (waits instanceof Future<?> future) {
      future.cancel(false);
    } else if (waits instanceof TimerTask timer) {
      timer.cancel();
    }
  }

  /** Its run has ended and it has not. */
  void outlived() {}
}
