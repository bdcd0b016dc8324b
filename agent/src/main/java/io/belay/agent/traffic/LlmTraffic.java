package io.belay.agent.traffic;

import io.belay.agent.llm.Asked;
import io.belay.agent.llm.Billing;
import io.belay.agent.llm.Calibration;
import io.belay.agent.llm.Dialect;
import io.belay.agent.llm.Dialects;
import io.belay.agent.llm.Estimate;
import io.belay.agent.llm.LlmRequest;
import io.belay.agent.llm.Price;
import io.belay.agent.llm.Prices;
import io.belay.agent.llm.Rewrite;
import io.belay.agent.llm.Tokenizer;
import io.belay.agent.run.InFlight;
import io.belay.agent.run.Kind;
import io.belay.agent.run.Ledger;
import io.belay.agent.run.Reservation;
import io.belay.agent.run.Traffic;
import io.belay.boot.Exchange;
import java.util.Locale;
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
  private final Tokenizers tokenizers;
  private final Calibration calibration = new Calibration();

  /**
   * Reads traffic.
   *
   * @param dialects the wire formats, with the further endpoints that were configured
   */
  public LlmTraffic(
      Ledger ledger,
      Dialects dialects,
      Prices prices,
      Pricing.Unknown unknown,
      Tokenizers tokenizers) {
    this.ledger = ledger;
    this.dialects = dialects;
    this.pricing = new Pricing(prices, unknown);
    this.tokenizers = tokenizers;
  }

  @Override
  public Kind kindOf(Exchange exchange, Kind declared) {
    LlmRequest request = read(exchange);
    return request == null ? declared : Kind.LLM;
  }

  @Override
  public void reserve(InFlight call) {
    Exchange exchange = call.exchange();
    if (call.kind() == Kind.TOOL) {
      call.meteredBy(new ToolCall(ledger, ledger.reserve(call, Reservation.Need.tool(), true)));
    } else if (exchange != null) {
      LlmRequest request = read(exchange);
      if (request != null) {
        reserve(call, exchange, request);
      }
    }
  }

  private void reserve(InFlight call, Exchange exchange, LlmRequest request) {
    String host = Address.of(exchange.url()).host();
    Asked named = request.asked().at(Asked.tier(exchange::header));
    Asked asked = calibration.expected(request, named);
    LlmRequest whole = request.as(asked);
    AnswerPrice prices = new AnswerPrice(pricing, whole, host);
    if (prices.asked() == null) {
      pricing.mustBeKnown(ledger, call, request.model());
    }
    Optional<Tokenizer> tokenizer = tokenizers.of(request.model());
    long counted = tokenizer.isPresent() ? request.countedBy(tokenizer.get()) : -1;
    Estimate estimate = Estimate.of(request, calibration, tokenizer, counted);
    long said = request.outputBound();
    Reservation made =
        ledger.reserve(call, need(request, asked, prices.likely(), counted), said >= 0);
    long limit = made.clamps() || made.tight() && said < 0 ? made.output() : -1;
    Sent sent = send(exchange, request, limit);
    if (limit >= 0 && sent.bound() < 0 && (!request.streamed() || sent.useless())) {
      ledger.refuseUnbounded(call, made, sent.why());
    }
    call.meteredBy(
        new LlmCall(
            ledger,
            whole,
            estimate,
            prices,
            calibration,
            made,
            sent.bound(),
            sent.hides(),
            Billing.goesOnAfterClose(host)));
  }

  /**
   * What left.
   *
   * @param bound the most output the answer can have; -1 when nothing bounds it
   * @param hides whether the answer will tell of usage that the application did not ask for
   * @param why it is not bounded; empty when it is
   * @param useless whether no answer of so little output can be had, not even one that is cut
   */
  private record Sent(long bound, boolean hides, String why, boolean useless) {}

  private static Sent send(Exchange exchange, LlmRequest request, long limit) {
    long said = request.outputBound();
    if (isSigned(exchange)) {
      return left(said, limit, "it is signed, so it cannot be lowered");
    }
    Rewrite rewrite = request.rewrite(limit, isReadable(exchange, request));
    if (rewrite instanceof Rewrite.Body body) {
      return Packed.replace(exchange, body.bytes())
          ? new Sent(body.outputBound(), body.usageAdded(), "", false)
          : left(said, limit, "its body can be sent only once, so it cannot be lowered");
    }
    return rewrite instanceof Rewrite.Refused refused
        ? left(said, limit, refused.reason(), refused.useless())
        : left(said, limit, "nothing limits its output");
  }

  /** The application's own body leaves: that is fine when it asks for no more than is allowed. */
  private static Sent left(long said, long limit, String why) {
    return left(said, limit, why, false);
  }

  private static Sent left(long said, long limit, String why, boolean useless) {
    boolean fits = said >= 0 && (limit < 0 || said <= limit);
    return fits ? new Sent(said, false, "", false) : new Sent(-1, false, why, useless);
  }

  /** A signature covers the body: a changed one would be rejected. */
  private static boolean isSigned(Exchange exchange) {
    String authorization = exchange.header("Authorization");
    return exchange.header("X-Amz-Content-Sha256") != null
        || exchange.header("Content-Digest") != null
        || exchange.header("Content-MD5") != null
        || (authorization != null && authorization.startsWith("AWS4-"));
  }

  /**
   * Whether the answer will not come packed, so that a chunk can be taken out of it. A stream that
   * tells its usage only when asked is asked for as it is: who packs it hides what it cost.
   */
  private static boolean isReadable(Exchange exchange, LlmRequest request) {
    String accepted = exchange.header("Accept-Encoding");
    return accepted == null
        || accepted.toLowerCase(Locale.ROOT).equals("identity")
        || (request.usageOnRequest() && exchange.setHeader("Accept-Encoding", "identity"));
  }

  private Reservation.Need need(
      LlmRequest request, Asked asked, @Nullable Price price, long counted) {
    long input = calibration.cautiousInput(request, counted);
    long output = request.outputBound();
    if (output < 0) {
      long most = price == null || price.maxOutput() <= 0 ? -1 : price.maxOutput();
      output = most < 0 ? Reservation.UNBOUNDED : most * request.answers();
    }
    return new Reservation.Need(
        input,
        output,
        price == null ? 0 : price.worstInputRate(input, asked),
        price == null ? 0 : price.worstOutputRate(input, asked),
        price == null ? 0 : price.worstFees(asked),
        0);
  }

  /** The request, or {@code null} when it is none to a model. */
  private @Nullable LlmRequest read(Exchange exchange) {
    if (!exchange.method().equals("POST")) {
      return null;
    }
    Address address = Address.of(exchange.url());
    Optional<Dialect> dialect =
        dialects.match("POST", address.host(), address.port(), address.path());
    if (dialect.isEmpty()) {
      return null;
    }
    byte[] body = Packed.body(exchange);
    LlmRequest request =
        body == null
            ? dialect.get().unread(address.path(), address.query())
            : dialect.get().read(body, address.path(), address.query());
    return request.fit() == LlmRequest.Fit.OTHER ? null : request;
  }
}
