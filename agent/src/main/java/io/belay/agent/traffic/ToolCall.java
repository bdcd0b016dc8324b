package io.belay.agent.traffic;

import io.belay.agent.run.InFlight;
import io.belay.agent.run.Ledger;
import io.belay.agent.run.LlmMeter;
import io.belay.agent.run.Reservation;

/** Counts a tool call: it used one, whatever became of it. */
record ToolCall(Ledger ledger, Reservation reservation) implements LlmMeter {
  private static final Booked NOTHING_ELSE = new Booked(0, 0, 0, 0, 0, false);

  @Override
  public void settle(InFlight call, boolean complete) {
    ledger.book(call, reservation, NOTHING_ELSE);
  }
}
