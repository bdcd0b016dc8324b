package io.belay.agent.traffic;

import io.belay.agent.llm.Price;
import io.belay.agent.llm.Prices;
import io.belay.agent.rule.Limit;
import io.belay.agent.run.InFlight;
import io.belay.agent.run.Ledger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

  /** Names come from requests: beyond so many of them, nothing new is learned. */
  private static final int MODELS = 1000;

  private final Prices prices;
  private final Unknown unknown;

  /** The dearest price at which another model has answered, by what was asked for, and where. */
  private final Map<String, Price> dearest = new ConcurrentHashMap<>();

  Pricing(Prices prices, Unknown unknown) {
    this.prices = prices;
    this.unknown = unknown;
  }

  /** The price, or {@code null} when it is not known. */
  @Nullable Price of(String model, String host) {
    return prices
        .find(Prices.providerOf(host), model)
        .map(price -> placed(price, host))
        .orElseGet(() -> unknown.picoPerToken() < 0 ? null : Price.flat(unknown.picoPerToken()));
  }

  /** The price of the model that answered, or {@code null} when that of the one asked for holds. */
  @Nullable Price answered(String asked, String model, String host) {
    return prices
        .find(Prices.providerOf(host), asked, model)
        .map(price -> placed(price, host))
        .orElse(null);
  }

  /** What an answer may cost: at least {@code asked}, and what one has cost before. */
  @Nullable Price expected(String model, String host, @Nullable Price asked) {
    Price seen = dearest.get(key(model, host));
    return seen == null || asked != null && !seen.isDearer(asked) ? asked : seen;
  }

  /** A dearer model than the one asked for has answered. */
  void learn(String model, String host, Price price) {
    String key = key(model, host);
    if (dearest.size() < MODELS || dearest.containsKey(key)) {
      dearest.merge(key, price, (old, now) -> now.isDearer(old) ? now : old);
    }
  }

  private static String key(String model, String host) {
    return model + " " + host;
  }

  private static Price placed(Price price, String host) {
    return isRegional(host) ? price.inRegion() : price;
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
