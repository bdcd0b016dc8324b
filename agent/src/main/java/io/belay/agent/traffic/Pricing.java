package io.belay.agent.traffic;

import io.belay.agent.llm.Price;
import io.belay.agent.llm.Prices;
import io.belay.agent.run.InFlight;
import io.belay.agent.run.Ledger;
import io.belay.agent.run.Limit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model's tokens cost, and what happens when nobody knows. */
public final class Pricing {
  /**
   * The price of unknown models in pico-dollars per token; negative when such calls are refused.
   */
  public record Unknown(long picoPerToken) {
    /** With a cost limit set, a model without a price is refused. */
    public static final Unknown REFUSED = new Unknown(-1);
  }

  private final Prices prices;
  private final Unknown unknown;

  Pricing(Prices prices, Unknown unknown) {
    this.prices = prices;
    this.unknown = unknown;
  }

  /** The price, or {@code null} when it is not known. */
  @Nullable Price of(String model, String host) {
    String provider = Prices.providerOf(host);
    return prices
        .find(provider, model)
        .or(() -> prices.find(model))
        .orElseGet(() -> unknown.picoPerToken() < 0 ? null : flat(unknown.picoPerToken()));
  }

  private static Price flat(long pico) {
    return new Price(pico, pico, pico, pico, pico, pico, -1, List.of());
  }

  /** Refuses a call whose price nobody knows when money is limited. */
  void mustBeKnown(Ledger ledger, InFlight call, String model) {
    ledger.refuseIfLimited(
        call,
        Limit.COST_USD,
        "the price of model '"
            + model
            + "' is not known; name it in belay.prices or set"
            + " belay.budget.unknown-model-usd-per-mtok");
  }
}
