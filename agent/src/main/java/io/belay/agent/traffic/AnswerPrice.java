package io.belay.agent.traffic;

import io.belay.agent.llm.Asked;
import io.belay.agent.llm.LlmRequest;
import io.belay.agent.llm.Price;
import io.belay.agent.llm.ResponseTap;
import io.belay.agent.run.Reservation;
import org.jspecify.annotations.Nullable;

/**
 * What one call costs: by the model that answers, which a router, a gateway or an alias may have
 * chosen. Until an answer names its model, that is the dearest that was seen to answer for the one
 * asked for. Safe for any number of threads.
 */
final class AnswerPrice {
  /** Of one name; {@code null} where nobody knows. */
  private record Named(String model, @Nullable Price price, boolean dearer) {}

  private final Pricing pricing;
  private final LlmRequest request;
  private final String host;
  private final @Nullable Price asked;
  private final @Nullable Price likely;
  private volatile @Nullable Named last; // Whoever finds it first; the same for all.

  AnswerPrice(Pricing pricing, LlmRequest request, String host) {
    this.pricing = pricing;
    this.request = request;
    this.host = host;
    this.asked = sized(pricing.of(request.model(), host));
    this.likely = sized(pricing.expected(request.model(), host, asked));
  }

  /** Of the model that was asked for. */
  @Nullable Price asked() {
    return asked;
  }

  /** What to set aside for. */
  @Nullable Price likely() {
    return likely;
  }

  /** By the answer, so far. */
  @Nullable Price of(@Nullable ResponseTap answer, Reservation made) {
    String model = answer == null ? "" : answer.answeredBy();
    return model.isEmpty() ? likely : named(model, made).price;
  }

  /** Whether the model that answers is dearer than what was set aside. */
  boolean isDearer(ResponseTap answer, Reservation made) {
    String model = answer.answeredBy();
    return !model.isEmpty() && named(model, made).dearer;
  }

  /** An answer has come whole: whoever asks for that model again may get the same one. */
  void learn(ResponseTap answer, Reservation made) {
    Price price = of(answer, made);
    if (price != null && price != likely && (asked == null || price.isDearer(asked))) {
      pricing.learn(request.model(), host, price);
    }
  }

  private Named named(String model, Reservation made) {
    Named known = last;
    if (known == null || !known.model.equals(model)) {
      Price price = sized(pricing.answered(request.model(), model, host));
      price = price == null ? asked : price;
      known = new Named(model, price, exceeds(price, made.need()));
      last = known;
    }
    return known;
  }

  private boolean exceeds(@Nullable Price price, Reservation.Need need) {
    Asked wanted = request.asked();
    // Without a price nothing was set aside, since no limit asks for one.
    return likely != null
        && price != null
        && price != likely
        && (price.worstInputRate(need.input(), wanted) > need.picoPerInput()
            || price.worstOutputRate(need.input(), wanted) > need.picoPerOutput()
            || price.worstFees(wanted) > need.picoBesides());
  }

  private @Nullable Price sized(@Nullable Price price) {
    return price == null ? null : price.searching(request.asked().size());
  }
}
