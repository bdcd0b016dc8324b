package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/** A method that ends a transaction. */
public final class CommitSite extends CallSite {
  private final Ending ending;
  private final Runs runs;
  private final @Nullable Abort takesBack;
  private final CommitSite inside;

  /**
   * An ending's call site.
   *
   * @param takesBack what takes back what would be ended, for {@link Ending#HANDLE}
   */
  public CommitSite(
      Runs runs, String boundary, String label, Ending ending, @Nullable Abort takesBack) {
    super(runs.gatekeeper(), boundary, label, Kind.COMMIT, null, null, null);
    this.runs = runs;
    this.ending = ending;
    this.takesBack = takesBack;
    this.inside =
        ending.inside() == ending
            ? this
            : new CommitSite(runs, boundary, label, ending.inside(), takesBack);
  }

  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    if (ending == Ending.CLOSE) {
      Carrier.slot().forget();
      Transactions.paysBeforeClose(self);
    }
    boolean concerns = ending.concerns(self, args);
    if (ending == Ending.AUTO_COMMIT && (!concerns || isInside(Carrier.slot()))) {
      Transactions.paysAutoCommit(self);
    }
    if (concerns || closesForStopped()) {
      return ending == Ending.CLOSE && Transactions.isBranch(self) ? null : super.enter(self, args);
    }
    // The second phase of a commit: what a driver executes for it must pass, too.
    return ending.sparesOthers() ? QuietSite.enter(runs.none()) : null;
  }

  /** Whether a pool or a driver sets its connection, which is let be. */
  private boolean isInside(Slot slot) {
    return slot.call() != null || slot.run == runs.none();
  }

  /** A pool may know of work on a connection that the one shown does not lead to. */
  private boolean closesForStopped() {
    return ending == Ending.CLOSE && runs.gatekeeper().current(Carrier.slot()).stopped() != null;
  }

  /**
   * Met inside another call, as a driver's commit inside a pool's. That one was decided about; but
   * the connection may carry the work of a run that was stopped before, as only the driver's own
   * connection can tell.
   */
  @Override
  @Nullable Ticket nested(
      InFlight outer, Slot slot, @Nullable Object self, Object @Nullable [] args) {
    if (ending != Ending.ROWS) { // A cursor that is closed leads nowhere any more.
      outer.inner = self;
    }
    Stop stop = Transactions.barred(self, outer.run);
    if (ending == Ending.HANDLE && outer.kind == Kind.SQL && !outer.allowed) {
      Stop own = outer.run.stopped();
      if (own != null && !outer.passes(own)) {
        outer.cut(); // It is one of many steps of the call around it, and the next is not made.
        stop = own;
      }
    }
    if (stop != null && !outer.allowed) {
      inside.refuseNested(outer, stop, slot, self, args);
    }
    return null;
  }

  @Override
  @Nullable Stop barred(@Nullable Object self, Object @Nullable [] args, Kind kind) {
    return Transactions.barred(self, null);
  }

  @Override
  boolean mayStill(InFlight call) {
    return Transactions.isAllAllowed(call.self);
  }

  @Override
  Ending.@Nullable Undone undo(@Nullable Object self, Object @Nullable [] args, Kind kind)
      throws Exception {
    if (takesBack != null) {
      try {
        takesBack.abort(self, args, Thread.currentThread());
      } catch (Throwable gone) {
        // It is over already, or its server takes it back when nobody goes on with it.
      }
    }
    return ending.undo(self, args);
  }

  @Override
  String text(InFlight call) {
    return ending.toString();
  }

  @Override
  void left(InFlight call, @Nullable Object result, @Nullable Throwable thrown) {
    if (thrown == null) {
      Transactions.ended(call.self);
      Transactions.ended(call.inner);
      if (ending == Ending.AUTO_COMMIT) {
        Transactions.paysAutoCommit(call.self);
      }
    }
  }
}
