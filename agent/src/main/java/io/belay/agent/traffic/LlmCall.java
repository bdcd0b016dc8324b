package io.belay.agent.traffic;

import io.belay.agent.llm.Calibration;
import io.belay.agent.llm.Estimate;
import io.belay.agent.llm.LlmRequest;
import io.belay.agent.llm.Price;
import io.belay.agent.llm.ResponseHead;
import io.belay.agent.llm.ResponseTap;
import io.belay.agent.llm.Usage;
import io.belay.agent.llm.UsageChunkFilter;
import io.belay.agent.run.InFlight;
import io.belay.agent.run.Ledger;
import io.belay.agent.run.LlmMeter;
import io.belay.agent.run.Reservation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Counts one call of a language model while its answer passes, and settles its reservation. */
final class LlmCall implements LlmMeter {
  private final Ledger ledger;
  private final LlmRequest request;
  private final Estimate estimate;
  private final @Nullable Price price;
  private final Calibration calibration;
  private final Reservation reservation;
  private final boolean bounded;
  private final @Nullable UsageChunkFilter filter;
  private final Map<String, String> headers = new TreeMap<>();
  private final AtomicBoolean settled = new AtomicBoolean();
  private volatile @Nullable ResponseTap tap;

  LlmCall(
      Ledger ledger,
      LlmRequest request,
      Estimate estimate,
      @Nullable Price price,
      Calibration calibration,
      Reservation reservation,
      boolean bounded,
      boolean hides) {
    this.ledger = ledger;
    this.request = request;
    this.estimate = estimate;
    this.price = price;
    this.calibration = calibration;
    this.reservation = reservation;
    this.bounded = bounded;
    this.filter = hides ? new UsageChunkFilter() : null;
  }

  @Override
  public void header(String name, String value) {
    headers.put(name.toLowerCase(Locale.ROOT), value);
  }

  @Override
  public void answered(
      InFlight call, int status, @Nullable String contentType, @Nullable String encoding) {
    if (contentType != null) {
      headers.put("content-type", contentType);
    }
    if (encoding != null) {
      headers.put("content-encoding", encoding);
    }
    ResponseHead head =
        ResponseHead.of(
            status, name -> headers.get(name.toLowerCase(Locale.ROOT)), encoding != null);
    tap = request.dialect().tap(request, head, estimate);
  }

  @Override
  public void read(InFlight call, byte[] bytes, int offset, int length) {
    ResponseTap reading = tap;
    if (reading != null) {
      reading.bytes(bytes, offset, length);
      cutIfSpent(call, reading);
    }
  }

  @Override
  public void read(InFlight call, ByteBuffer bytes) {
    ResponseTap reading = tap;
    if (reading != null) {
      reading.bytes(bytes);
      cutIfSpent(call, reading);
    }
  }

  /** An answer that nothing bounds ends when it has come to what was set aside for it. */
  private void cutIfSpent(InFlight call, ResponseTap reading) {
    if (!bounded && reservation.clamps() && reading.soFar().output() >= reservation.output()) {
      ledger.spent(call, reservation);
    }
  }

  @Override
  public void settle(InFlight call, boolean complete) {
    if (!settled.compareAndSet(false, true)) {
      return;
    }
    ResponseTap read = tap;
    if (read == null && !call.wasSent()) {
      ledger.release(reservation);
      return;
    }
    Usage used;
    if (read == null) {
      // No answer: what was sent may have been read, and is paid for.
      used = new Usage(estimate.input(), 0, 0, 0, 0, 0, true);
    } else {
      if (complete) {
        read.end();
      } else {
        read.cut();
      }
      used = read.usage();
      if (!used.estimated()) {
        calibration.learn(request, used);
      }
    }
    long pico = price == null ? 0 : price.picoDollars(used);
    ledger.book(
        call,
        reservation,
        new LlmMeter.Booked(
            used.input(),
            used.output(),
            used.cacheRead(),
            used.cacheWrite(),
            pico,
            used.estimated()));
  }

  @Override
  public double savedUsd(InFlight call) {
    long bound = request.outputBound();
    ResponseTap read = tap;
    if (price == null || bound < 0 || read == null) {
      return 0;
    }
    long missed = Math.max(0, bound - read.usage().output());
    return missed * (double) price.worstOutputRate(estimate.input()) / 1e12;
  }

  @Override
  public boolean filters() {
    return filter != null;
  }

  @Override
  public byte[] filter(byte @Nullable [] bytes, int offset, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 64);
    if (filter == null) {
      return bytes == null ? NOTHING : Arrays.copyOfRange(bytes, offset, offset + length);
    }
    try {
      if (bytes == null) {
        filter.end(out::write);
      } else {
        filter.write(bytes, offset, length, out::write);
      }
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return out.toByteArray();
  }
}
