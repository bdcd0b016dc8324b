package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/** A method that ends a transaction. */
public final class CommitSite extends CallSite {
  private final Ending ending;

  /** An ending's call site. */
  public CommitSite(Gatekeeper gatekeeper, String boundary, String label, Ending ending) {
    super(gatekeeper, boundary, label, Kind.COMMIT, null, null, null);
    this.ending = ending;
  }

  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    if (ending.concerns(self, args)) {
      return super.enter(self, args);
    }
    return null;
  }

  /**
   * Met inside another call, as a driver's commit inside a pool's. That one was decided about; but
   * the connection may carry the work of a run that was stopped before, as only the driver's own
   * connection can tell.
   */
  @Override
  @Nullable Ticket nested(
      InFlight outer, Slot slot, @Nullable Object self, Object @Nullable [] args) {
    outer.inner = self;
    Stop stop = Transactions.barred(self, outer.run);
    if (stop != null && !outer.isAllowed()) {
      refuseNested(outer, stop, slot, self, args);
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
    }
  }
}
