package io.belay.agent.traffic;

import io.belay.agent.run.InFlight;
import io.belay.agent.run.Ledger;
import io.belay.agent.run.LlmMeter;
import io.belay.agent.run.Reservation;

/** Counts a tool call: it used one, whatever became of it. */
record ToolCall(Ledger ledger, Reservation made) implements LlmMeter {
  @Override
  public void settle(InFlight call, boolean complete) {
    ledger.book(call, made, Booked.NOTHING, Booked.NOTHING);
  }
}
