package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/** The current thread's part of the answer to a request. */
final class Dispatched extends Work implements Ticket {
  private final Served served;
  private final @Nullable Run outerRun;
  private final @Nullable InFlight outerCall;
  private final @Nullable Work outerWork;
  private final @Nullable Shield outerShield;
  private final @Nullable Served outerRequest;

  Dispatched(Served served, Slot thread) {
    super(served.run);
    this.served = served;
    outerRun = thread.run;
    outerCall = thread.call();
    outerWork = thread.work;
    outerShield = thread.shield;
    outerRequest = thread.request;
    join();
    begin(thread);
    thread.run = run;
    thread.callIs(null);
    thread.work = this;
    thread.shield = null;
    thread.request = served;
  }

  @Override
  public @Nullable Object exit(@Nullable Object result, @Nullable Throwable thrown) {
    Slot thread = Carrier.slot();
    Throwable left = served.settle(thrown);
    Taken.leave(thread, this);
    thread.run = outerRun;
    thread.callIs(outerCall);
    thread.work = outerWork;
    thread.shield = outerShield;
    thread.request = outerRequest;
    thread.forget();
    if (left == null && !served.isOver() && served.inbound().isPending()) {
      finish(thread);
      served.suspend();
      if (served.inbound().isAnswered()) {
        served.end(null); // It was completed before anybody could find it.
      }
      leave();
    } else {
      boolean last = outBy(thread); // First, so that the run is looked at once, when it can end.
      served.end(left);
      if (last) {
        run.lessToDo();
      }
    }
    return left;
  }
}
