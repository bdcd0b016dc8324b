package io.belay.agent.run;

import io.belay.api.RunStoppedException;
import io.belay.boot.Exchange;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * What Belay knows of one thread. Written by that thread alone; the stopper reads {@link #call} and
 * {@link #shield} of others, of threads that wait, and takes what it sees as a hint.
 */
final class Slot implements Ticket {
  private static final VarHandle CALL;
  private static final VarHandle IN_LANE;

  static {
    try {
      CALL = MethodHandles.lookup().findVarHandle(Slot.class, "call", InFlight.class);
      IN_LANE = MethodHandles.lookup().findVarHandle(Slot.class, "inLane", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final WeakReference<@Nullable Exchange> NOTHING_REFUSED =
      new WeakReference<>(null);

  final Thread thread;

  /** The run the thread works for; {@code null} for none, which is the root's. */
  @Nullable Run run;

  /** What {@link #call()} is, where it is not the lane's. */
  private volatile @Nullable InFlight call;

  /** Whether it is the lane's: to say so is cheaper, for some collectors, than to point there. */
  private volatile boolean inLane;

  /** The innermost shield that the thread is in, or {@code null}. */
  @Nullable Shield shield;

  /** What the thread is at, or {@code null}. */
  @Nullable Work work;

  /** The request that the thread was dispatched to answer, or {@code null}. */
  @Nullable Served request;

  /** The run that the thread returns to from a region without one. */
  private @Nullable Run aside;

  /** What the thread was at, as last noted: mostly it turns from the same to the next stage. */
  private @Nullable Outer noted;

  /** What it was last refused to send; weak, since its client may have let go of it. */
  private WeakReference<@Nullable Exchange> refused = NOTHING_REFUSED;

  /** Whether the thread is taking all that a queue has, which some do one by one. */
  boolean draining;

  /** Whether the thread is weaving a class. */
  boolean weaving;

  /** How the thread makes its statements, once it has made some; {@code null} before. */
  @Nullable Lane lane;

  /** How many statements it has made before that. */
  int statements;

  /** How often in a row this thread was refused: code that swallows refusals pays for them. */
  int refusals;

  /** How many methods of SDKs the thread is in that may try again what fails. */
  private int trying;

  /** The limit's refusal that the thread met in one of these, since a model was last asked. */
  private @Nullable RunStoppedException met;

  /** The thread enters a method that may try again. */
  void tries() {
    trying++;
  }

  /** It has left one. */
  void triesNoMore() {
    if (--trying == 0) {
      met = null;
    }
  }

  /** A limit refuses a call of the thread's. */
  RunStoppedException meets(RunStoppedException refusal) {
    met = trying > 0 ? refusal : null;
    return refusal;
  }

  /** None does. */
  void meetsNone() {
    met = null;
  }

  /** A pause before the next attempt: to wait for what a limit refuses is to wait for nothing. */
  void pauses() {
    if (met != null) {
      throw met;
    }
  }

  /** The outermost admitted call that the thread is in, or {@code null}. */
  @Nullable InFlight call() {
    Lane its = lane;
    return inLane && its != null ? its.call() : call;
  }

  /** The thread is in its lane's call; {@link #callIs} ends that. */
  void callIsTheLanes() {
    IN_LANE.setRelease(this, true);
  }

  /** It has left that call, to which it may have come back as to any other's. */
  void callIsNotTheLanes(InFlight lanes) {
    if (inLane) {
      IN_LANE.setRelease(this, false);
    } else if (call == lanes) {
      callIs(null);
    }
  }

  /**
   * Sets {@link #call()}, without making the writer wait until all processors have seen it: whoever
   * needs to be sure finds the call in its run.
   */
  void callIs(@Nullable InFlight now) {
    if (inLane) {
      IN_LANE.setRelease(this, false);
    }
    if (call != now) {
      CALL.setRelease(this, now);
    }
  }

  /** The thread works for nobody until the ticket is settled: itself, so that none is made. */
  Ticket aside() {
    Run left = run;
    run = null;
    if (aside != null || left == null) {
      return left == null
          ? new QuietSite.Back(null)
          : QuietSite.backTo(left); // A region inside a region.
    }
    aside = left;
    return this;
  }

  @Override
  public @Nullable Object exit(@Nullable Object result, @Nullable Throwable thrown) {
    run = aside;
    aside = null;
    return result;
  }

  /** The thread turns to {@code piece}; what it was at before is in an {@link Outer}. */
  void enter(Work piece, @Nullable Shield under) {
    run = piece.run;
    callIs(null);
    work = piece;
    shield = under;
  }

  /**
   * The same; answers what {@link #back} needs. That is made only where the thread was at something
   * of another run: mostly it was at nothing, or at work for the same one, as a worker is that
   * joins what it has forked.
   */
  @Nullable Object turnTo(Work piece, @Nullable Shield under) {
    Object before = null;
    if (run == piece.run && work != null && call() == null && shield == under) {
      before = work;
    } else if (!isFree()) {
      before = noted();
    }
    enter(piece, under);
    return before;
  }

  private Outer noted() {
    Outer last = noted;
    if (last == null || last.run() != run || last.work() != work || last.shield() != shield) {
      last = Outer.of(this);
      noted = call() == null ? last : null;
      return last;
    }
    return call() == null ? last : Outer.of(this);
  }

  /** The thread has left what it was at: no run is to be kept in memory by a thread that idles. */
  void forget() {
    noted = null;
    if (lane != null) {
      lane.forget();
    }
  }

  /** The thread returns to what it was at {@code before} it turned to something else. */
  void back(@Nullable Object before) {
    if (before instanceof Outer other) {
      other.back(this);
      if (noted != other) {
        noted = null;
      }
      return;
    }
    forget();
    Work outer = (Work) before;
    if (work instanceof Taken) {
      Taken.leave(this, outer);
    }
    callIs(null);
    work = outer;
    if (outer == null) {
      run = null;
      shield = null;
    }
  }

  /** Whether the thread is at nothing of any run. */
  boolean isFree() {
    return run == null && work == null && call() == null && shield == null;
  }

  Slot(Thread thread) {
    this.thread = thread;
  }

  Slot(Thread thread, Work work) {
    this.thread = thread;
    this.run = work.run;
    this.work = work;
  }

  /** Whether the thread was refused the very same last, and so is told of it again. */
  boolean refused(@Nullable Exchange exchange) {
    return exchange != null && refused.get() == exchange;
  }

  /** It is refused this one; answers whether it was before. */
  boolean refuses(@Nullable Exchange exchange) {
    boolean again = refused(exchange);
    if (!again) {
      refused = exchange == null ? NOTHING_REFUSED : new WeakReference<>(exchange);
    }
    return again;
  }
}
