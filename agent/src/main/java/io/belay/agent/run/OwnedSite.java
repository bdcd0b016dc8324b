package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/**
 * Objects by which a runtime keeps work going, each of which belongs to the run in which it was
 * made: continuations of coroutines, callbacks of futures, messages to actors. Whoever resumes,
 * completes or delivers only happens to come by.
 */
public final class OwnedSite extends Site {
  /** Where in its life such an object is. */
  public enum At {
    /** It was made, and waits for something that may never come. */
    MADE,
    /** It was made, and its run is not over before it is. A stop cancels it. */
    HELD,
    /** It is over. */
    ENDED,
    /** It is given away, in a parameter, to be received once. */
    GIVEN,
    /** It is received, as argument 0. */
    RECEIVED,
    /** The one that the current thread has received is put aside, to be received again. */
    KEPT,
    /** It does its work: for its run, or for nobody. */
    DONE
  }

  private final At at;
  private final CallSite.@Nullable Abort cancel;

  /**
   * A moment of such objects.
   *
   * @param cancel how one is cancelled; {@code null} for those that a stop leaves alone
   */
  public OwnedSite(String boundary, String label, At at, CallSite.@Nullable Abort cancel) {
    super(boundary, label, false);
    this.restsWhenIdle = true;
    this.at = at;
    this.cancel = cancel;
  }

  @Override
  void opened(@Nullable Object self, @Nullable Object made) {
    if (at == At.KEPT) {
      Slot slot = Carrier.working();
      if (slot != null && slot.work instanceof Message message) {
        hit();
        message.keep();
      }
    } else if (self != null && at == At.ENDED) {
      if (Bonds.take(self) instanceof Bond bond) {
        bond.giveUp();
      }
    } else if (self != null && Bonds.of(self) == null) {
      bind(self, at == At.HELD);
    }
  }

  @Override
  @Nullable Object carry(@Nullable Object to, @Nullable Object given) {
    if (given != null && Bonds.of(given) == null) { // Else it is passed on.
      bind(given, true);
    }
    return given;
  }

  private void bind(Object object, boolean holds) {
    Slot slot = Carrier.peek();
    Run run = slot == null ? null : slot.run;
    if (slot != null && run != null && run.above() != null) {
      hit();
      Bond bond =
          cancel == null
              ? new Message(run, slot.shield, object)
              : new Cancelled(run, slot.shield, object, cancel);
      Bonds.bind(object, bond);
      if (holds) {
        bond.join();
      }
    }
  }

  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    Object bound;
    if (at == At.RECEIVED) {
      bound = args == null || args[0] == null ? null : Bonds.take(args[0]);
    } else {
      bound = self == null ? null : Bonds.of(self);
    }
    if (bound instanceof Bond bond && !(bond.run.verdict instanceof Verdict.End)) {
      return bond.slot() == null ? bond.beginAnyway() : null;
    }
    return BondedSite.forNobody();
  }

  /** Of something that may be put aside by whoever has received it. */
  private static final class Message extends Bond {
    private boolean kept; // Of the thread that has received it.

    Message(Run run, @Nullable Shield shield, Object object) {
      super(run, shield, object);
    }

    void keep() {
      Object object = task();
      if (object != null && !kept) {
        kept = true;
        Bonds.bind(object, this);
      }
    }

    /** Its run waits until it has been received again. */
    @Override
    void done(Slot slot) {
      if (kept) {
        kept = false;
        finish(slot);
        waitAgain();
      } else {
        super.done(slot);
      }
    }
  }

  /** Of something that its runtime can cancel, and that a stop does cancel. */
  private static final class Cancelled extends Bond {
    private final CallSite.Abort cancel;

    Cancelled(Run run, @Nullable Shield shield, Object object, CallSite.Abort cancel) {
      super(run, shield, object);
      this.cancel = cancel;
    }

    @Override
    void discard() {
      Object object = task();
      if (object != null) {
        try {
          cancel.abort(object, null, Thread.currentThread());
        } catch (Throwable fault) {
          run.runs.gatekeeper().fault("cancelling " + object.getClass().getName(), fault);
        }
      }
    }
  }
}
