package io.belay.agent.traffic;

import io.belay.agent.llm.Price;
import io.belay.agent.llm.Prices;
import io.belay.agent.run.InFlight;
import io.belay.agent.run.Ledger;
import io.belay.agent.run.Limit;
import java.util.regex.Pattern;
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

  private static final Pattern REGIONAL = Pattern.compile("[a-z]{2}\\.api\\.openai\\.com(:.*)?");

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
        .map(price -> isRegional(host) ? price.inRegion() : price)
        .orElseGet(() -> unknown.picoPerToken() < 0 ? null : Price.flat(unknown.picoPerToken()));
  }

  /** OpenAI has a host for each region, and takes more there. */
  private static boolean isRegional(String host) {
    return REGIONAL.matcher(host).matches();
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
