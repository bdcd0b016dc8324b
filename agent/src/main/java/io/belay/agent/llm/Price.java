package io.belay.agent.llm;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a model costs, by tier of service and by the length of the input.
 *
 * @param levels the standard tier's rates first, then whatever else is known, each tier by rising
 *     threshold
 * @param maxOutput the most output tokens the model can produce; -1 if unknown
 * @param fees what is not paid by the token
 */
public record Price(List<Level> levels, long maxOutput, Fees fees) {

  /**
   * Rates of the whole call, at that tier, once its input exceeds {@code above} tokens; -1: any.
   */
  public record Level(Service service, long above, Rates rates) {}

  /** Keeps its own copy of the levels. */
  public Price {
    levels = List.copyOf(levels);
  }

  /** One rate for all, at every tier. */
  public static Price flat(long pico) {
    Rates rates = Rates.flat(pico);
    return new Price(
        List.of(
            new Level(Service.STANDARD, -1, rates),
            new Level(Service.PRIORITY, -1, rates),
            new Level(Service.FAST, -1, rates),
            new Level(Service.OTHER, -1, rates)),
        -1,
        Fees.NONE);
  }

  /** The rates of short input at the standard tier. */
  public Rates standard() {
    return levels.get(0).rates;
  }

  /** The cost of a usage in pico-dollars; {@link Long#MAX_VALUE} if it is more than that. */
  public long picoDollars(Usage usage) {
    Extra extra = usage.extra();
    long tokens = rates(extra.service(), usage.input(), false).cost(usage);
    if (extra.regional()) {
      tokens = fees.inRegion(tokens);
    }
    return Rates.plus(tokens, fees.of(usage));
  }

  /** The dearest rate an input token can have in a call of at most that much input. */
  public long worstInputRate(long input, Asked asked) {
    long rate = rates(asked.reserved(), input, true).worstInput(asked.audioIn());
    return asked.regional() ? fees.inRegion(rate) : rate;
  }

  /** The dearest rate an output token can have in a call of at most that much input. */
  public long worstOutputRate(long input, Asked asked) {
    Rates worst = rates(asked.reserved(), input, true);
    long rate = worst.worstOutput(asked.audioOut(), asked.pictureOut());
    return asked.regional() ? fees.inRegion(rate) : rate;
  }

  /** The most that a call can cost besides its tokens, as far as it bounds that. */
  public long worstFees(Asked asked) {
    return fees.most(asked.searches());
  }

  /** Whether a token of input or of output costs more than with {@code other}. */
  public boolean isDearer(Price other) {
    return standard().input() > other.standard().input()
        || standard().output() > other.standard().output();
  }

  /** Of a host that keeps what it is told in one region, whatever the request and answer say. */
  public Price inRegion() {
    int percent = fees.regionPercent();
    return percent == 100
        ? this
        : new Price(
            levels.stream()
                .map(each -> new Level(each.service, each.above, each.rates.percent(percent)))
                .toList(),
            maxOutput,
            fees);
  }

  /** What a request for results of that size is to be charged for its searches. */
  public Price searching(Asked.Size size) {
    Fees own = fees.sized(size);
    return own.equals(fees) ? this : new Price(levels, maxOutput, own);
  }

  /** The same with the searches of another table, where this one has no price of them. */
  Price orSearches(Price other) {
    return fees.search() >= 0 ? this : new Price(levels, maxOutput, fees.withSearch(other.fees));
  }

  /**
   * The rates of a tier. One of which none are known costs so many times the standard, and one
   * whose name is not known at least what the dearest known costs.
   *
   * @param any whether input may be shorter, and each rate is the dearest up to there
   */
  private Rates rates(Service service, long input, boolean any) {
    if (has(service)) {
      return known(service, input, any);
    }
    Rates rates = known(Service.STANDARD, input, any).percent(service.percent);
    for (Level level : levels) {
      if (service == Service.OTHER && input > level.above) {
        rates = rates.atLeast(level.rates);
      }
    }
    return rates;
  }

  private boolean has(Service service) {
    return levels.stream().anyMatch(level -> level.service == service);
  }

  private Rates known(Service service, long input, boolean any) {
    Rates rates = Rates.flat(0);
    for (Level level : levels) {
      if (level.service == service && input > level.above) {
        rates = any ? rates.atLeast(level.rates) : level.rates;
      }
    }
    return rates;
  }

  /** An amount in US dollars, exactly. */
  public static BigDecimal dollars(long picoDollars) {
    return BigDecimal.valueOf(picoDollars, 12).stripTrailingZeros();
  }
}
