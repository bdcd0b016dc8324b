package io.belay.agent.traffic;

import io.belay.agent.llm.Calibration;
import io.belay.agent.llm.Dialect;
import io.belay.agent.llm.Dialects;
import io.belay.agent.llm.Estimate;
import io.belay.agent.llm.LlmRequest;
import io.belay.agent.llm.Price;
import io.belay.agent.llm.Prices;
import io.belay.agent.llm.Rewrite;
import io.belay.agent.run.InFlight;
import io.belay.agent.run.Kind;
import io.belay.agent.run.Ledger;
import io.belay.agent.run.Reservation;
import io.belay.agent.run.Traffic;
import io.belay.boot.Exchange;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recognises calls of language models by method, path and body, whatever client sends them to
 * whatever host; reserves the most that a call may use, and lowers its request to what is left.
 */
public final class LlmTraffic implements Traffic {
  private final Ledger ledger;
  private final Dialects dialects;
  private final Pricing pricing;
  private final Calibration calibration = new Calibration();

  /**
   * Reads traffic.
   *
   * @param dialects the wire formats, with the further endpoints that were configured
   */
  public LlmTraffic(Ledger ledger, Dialects dialects, Prices prices, Pricing.Unknown unknown) {
    this.ledger = ledger;
    this.dialects = dialects;
    this.pricing = new Pricing(prices, unknown);
  }

  @Override
  public Kind kindOf(Exchange exchange, Kind declared) {
    return match(exchange).isPresent() ? Kind.LLM : declared;
  }

  @Override
  public void reserve(InFlight call) {
    Exchange exchange = call.exchange();
    Optional<Dialect> dialect = exchange == null ? Optional.empty() : match(exchange);
    if (dialect.isEmpty()) {
      call.meteredBy(new ToolCall(ledger, ledger.reserve(call, Reservation.Need.tool())));
      return;
    }
    URI url = URI.create(exchange.url());
    String query = url.getRawQuery() == null ? "" : url.getRawQuery();
    byte[] body = exchange.body();
    LlmRequest request =
        body == null
            ? dialect.get().unread(url.getRawPath(), query)
            : dialect.get().read(body, url.getRawPath(), query);
    Price price = pricing.of(request.model(), url.getHost());
    Estimate estimate = Estimate.of(request, calibration);
    boolean limited = ledger.isLimited(call);
    if (limited && price == null) {
      pricing.mustBeKnown(ledger, call, request.model());
    }
    Reservation reservation = ledger.reserve(call, need(request, estimate, price));
    Rewrite rewrite = request.rewrite(reservation.clamps() ? reservation.output() : -1, true);
    boolean hides = false;
    boolean bounded = request.outputBound() >= 0;
    if (rewrite instanceof Rewrite.Body changed && exchange.replaceBody(changed.bytes())) {
      hides = changed.usageAdded();
      bounded = changed.outputBound() >= 0;
    } else if (reservation.clamps() && !fits(request, reservation)) {
      // What cannot be lowered is cut when it comes to what was reserved.
      bounded = false;
    }
    call.meteredBy(
        new LlmCall(ledger, request, estimate, price, calibration, reservation, bounded, hides));
  }

  private static boolean fits(LlmRequest request, Reservation reservation) {
    return request.outputBound() >= 0 && request.outputBound() <= reservation.output();
  }

  private static Reservation.Need need(
      LlmRequest request, Estimate estimate, @Nullable Price price) {
    long output = request.outputBound() >= 0 ? request.outputBound() : Reservation.UNBOUNDED;
    return new Reservation.Need(
        estimate.input(),
        output,
        price == null ? 0 : price.worstInputRate(estimate.input()),
        price == null ? 0 : price.worstOutputRate(estimate.input()),
        0);
  }

  private Optional<Dialect> match(Exchange exchange) {
    if (!exchange.method().equals("POST")) {
      return Optional.empty();
    }
    try {
      URI url = URI.create(exchange.url());
      String host = url.getHost() == null ? "" : url.getHost();
      return dialects.match("POST", host, url.getRawPath() == null ? "" : url.getRawPath());
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }
}
