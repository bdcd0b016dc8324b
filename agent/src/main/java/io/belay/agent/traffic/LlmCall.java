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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Counts one call of a language model while its answer passes, and settles its reservation. */
final class LlmCall implements LlmMeter {
  /** From this status on an answer says that there is none. */
  private static final int REFUSED = 400;

  private final Ledger ledger;
  private final LlmRequest request;
  private final Estimate estimate;
  private final AnswerPrice prices;
  private final Calibration calibration;
  private final long bound;
  private final boolean hides;
  private final boolean billsOn;
  private final int changes;
  private final Map<String, String> headers = new TreeMap<>();
  private final AtomicBoolean settled = new AtomicBoolean();
  private final Reservation made;
  private volatile Reservation held; // Of it, now. Under this call's monitor, not once settled.
  private boolean counted; // Of the thread that reads.
  private @Nullable UsageChunkFilter filter; // Of the thread that reads.
  private volatile @Nullable ResponseTap tap;
  private volatile long unanswered; // Bytes that lay here when nobody waited for the head any more.
  private volatile boolean measured; // What it left unread is known by its size.
  private volatile boolean unmeasured; // Its client could not tell.
  private volatile Booked earlier = Booked.NOTHING; // Of answers that failed on their way.
  private volatile @Nullable Booked booked;

  /**
   * A call that is about to be sent.
   *
   * @param bound the most output that the answer can have; -1 when nothing bounds it
   * @param hides whether it was made to ask for usage that the application is not to see
   * @param billsOn whether the provider goes on when its reader has left
   */
  LlmCall(
      Ledger ledger,
      LlmRequest request,
      Estimate estimate,
      AnswerPrice prices,
      Calibration calibration,
      Reservation made,
      long bound,
      boolean hides,
      boolean billsOn) {
    this.ledger = ledger;
    this.request = request;
    this.estimate = estimate;
    this.prices = prices;
    this.calibration = calibration;
    this.made = made;
    this.held = made;
    this.bound = bound;
    this.hides = hides;
    this.billsOn = billsOn;
    this.changes = ledger.changes();
  }

  @Override
  public void again(InFlight call) {
    ledger.again(call, made);
    if (!takesUp(false)) {
      throw ledger.spent(call, made);
    }
  }

  /** Another attempt may use all of it. Answers whether there is room for that. */
  private synchronized boolean takesUp(boolean sent) {
    boolean done = held == made || settled.get() || ledger.widen(held, made, sent);
    held = done ? made : held;
    return done;
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
    ResponseHead head = ResponseHead.of(status, headers::get, encoding != null);
    ResponseTap before = tap;
    if (before != null && before.soFar().output() > 0) {
      before.cut();
      earlier = booked(before.usage());
    }
    filter = hides && head.contentEncoding().isEmpty() ? new UsageChunkFilter() : null;
    ResponseTap reading = request.dialect().tap(request, head, estimate);
    tap = reading;
    if (status >= REFUSED) {
      narrow(soFar()); // Nothing is made; its body may be left unread, and the call in flight.
    } else if (before != null && before.finish() == ResponseTap.Finish.REJECTED) {
      var unused = takesUp(true);
    }
    if (unanswered > 0) {
      reading.unread(unanswered, false, most());
    }
  }

  @Override
  public void read(InFlight call, byte[] bytes, int offset, int length) {
    ResponseTap reading = tap;
    if (reading != null) {
      reading.bytes(bytes, offset, length);
      goesOn(call, reading);
    }
  }

  @Override
  public void read(InFlight call, ByteBuffer bytes) {
    ResponseTap reading = tap;
    if (reading != null) {
      reading.bytes(bytes);
      goesOn(call, reading);
    }
  }

  private void goesOn(InFlight call, ResponseTap reading) {
    if (!reading.isCounted()) {
      cutIfSpent(call, reading);
    } else if (!counted) {
      counted = true;
      narrow(soFar());
    }
  }

  private synchronized void narrow(Booked known) {
    if (!settled.get()) {
      held = ledger.narrow(held, known);
    }
  }

  /** What was set aside in the end; for whoever settles. */
  private synchronized Reservation last() {
    return held;
  }

  private long most() {
    return bound > 0 ? bound : made.output();
  }

  /** No more is counted than was set aside for it, or than it may have at most. */
  @Override
  public void unread(InFlight call, long bytes, boolean packed) {
    if (bytes < 0) {
      unmeasured = true;
      return;
    }
    measured = true;
    ResponseTap reading = tap;
    if (reading != null) {
      reading.unread(bytes, packed, most());
    } else if (request.streamed()) {
      unanswered = bytes;
    }
  }

  @Override
  public void left(InFlight call) {
    if (isUsedAsItCame(tap)) {
      narrow(soFar());
    }
  }

  /**
   * Whether the answer will have used no more than what has come: nobody reads on, so the rest of
   * what was set aside is free at once. Its end may be told later, and on another thread.
   */
  private boolean isUsedAsItCame(@Nullable ResponseTap reading) {
    return request.streamed()
        && !billsOn
        && (measured || !unmeasured)
        && (reading == null || !reading.isPending());
  }

  /**
   * An answer that nothing bounds ends when it has come to what was set aside for it; one whose
   * provider does not keep to its bound, when that is certain; a stream, when it has come to a
   * limit that was changed meanwhile, or turns out to be dearer than what was set aside.
   */
  private void cutIfSpent(InFlight call, ResponseTap reading) {
    boolean more =
        ledger.changes() != changes || reading.isDearer() || prices.isDearer(reading, made);
    if (more && request.streamed()) {
      ledger.cutIfOverdrawn(call, made, this::soFar);
    }
    if (!made.tight()) {
      return;
    }
    long before = earlier.output();
    boolean spent =
        bound < 0
            ? before + reading.soFar().output() >= made.output()
            : before + reading.certainOutput() > made.output();
    if (spent) {
      ledger.cut(call, made);
    }
  }

  @Override
  public boolean failed() {
    ResponseTap reading = tap;
    return reading != null && reading.failed();
  }

  @Override
  public void settle(InFlight call, boolean complete) {
    if (!settled.compareAndSet(false, true)) {
      return;
    }
    ResponseTap read = tap;
    if (read == null && !call.wasSent()) {
      booked = Booked.NOTHING;
      ledger.release(call, last());
      return;
    }
    if (read != null && complete) {
      read.end();
    } else if (read != null) {
      read.cut();
    }
    if (read != null && read.finish() == ResponseTap.Finish.COMPLETE) {
      calibration.learn(request, read.usage());
      calibration.learnOutput(request.model(), read.textBytes(), read.usage());
      calibration.learnLength(request, read.responseId(), read.usage());
      prices.learn(read, made);
    }
    Usage used = used();
    Booked last = booked(used);
    booked = last;
    ledger.book(call, last(), last, worst(read, complete, used, last));
  }

  /**
   * An answer in one piece is made and paid for whether or not somebody waits for it. One that
   * never came, or of which only the beginning did, is whole at the provider: a client that gives
   * up and tries again must not get past a limit that way. One that is made in the background is
   * not awaited at all, and of one in no known form, or one that tells of nothing, nobody can say
   * what it cost; nor of a stream that was left where its client does not show what has come of it.
   * What is shown as used stays what came.
   */
  private Booked worst(@Nullable ResponseTap read, boolean complete, Usage used, Booked known) {
    boolean cut = read == null || read.finish() == ResponseTap.Finish.CUT;
    if (request.streamed() && cut && unmeasured && !measured) {
      return atMost(most(), used, known);
    }
    boolean unseen =
        read == null
            ? !request.streamed()
            : read.isPending()
                || read.finish() == ResponseTap.Finish.COMPLETE && read.isUntold()
                || read.finish() == ResponseTap.Finish.CUT
                    && (complete ? used.output() == 0 : !request.streamed());
    return unseen ? atMost(bound, used, known) : known;
  }

  private Booked atMost(long most, Usage used, Booked known) {
    return most <= 0 || most >= Reservation.UNBOUNDED
        ? known
        : booked(used.atLeast(request.asked().most(estimate.input(), most)));
  }

  /** Tokens in what has come of a stream of which nobody has read even the head. */
  private long unseen() {
    long bytes = unanswered;
    return bytes == 0
        ? 0
        : Math.min(most(), -Math.floorDiv(-bytes, request.dialect().bytesPerToken()));
  }

  private Usage used() {
    ResponseTap read = tap;
    // No answer: what was sent may have been read, and is paid for.
    Usage used =
        read == null
            ? request.asked().sent(estimate.input()).atLeast(Usage.estimate(0, unseen()))
            : read.within(read.usage(), bound);
    boolean unfinished = settled.get() && (read == null || read.finish() == ResponseTap.Finish.CUT);
    return unfinished && billsOn && bound > 0
        ? used.atLeast(request.asked().most(estimate.input(), bound))
        : used;
  }

  private Booked booked(Usage used) {
    Price price = prices.of(tap, made);
    Booked last =
        new Booked(
            used.input(),
            used.output(),
            used.cacheRead(),
            used.cacheWrite(),
            price == null ? 0 : price.picoDollars(used),
            used.estimated());
    return earlier == Booked.NOTHING ? last : earlier.plus(last);
  }

  @Override
  public Booked soFar() {
    Booked known = booked;
    return known == null ? booked(used()) : known;
  }

  @Override
  public long savedPico() {
    Price price = prices.of(tap, made);
    if (price == null || bound < 0) {
      return 0;
    }
    long missed = Math.max(0, Math.min(bound, Reservation.UNBOUNDED) - soFar().output());
    return price.picoDollars(request.asked().rest(missed));
  }

  @Override
  public boolean filters() {
    return filter != null;
  }

  @Override
  public byte[] filter(InFlight call, byte @Nullable [] bytes, int offset, int length) {
    UsageChunkFilter passing = filter;
    if (bytes != null) {
      read(call, bytes, offset, length);
    }
    if (passing == null) {
      return LlmMeter.super.filter(call, bytes, offset, length);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 64);
    try {
      if (bytes == null) {
        passing.end(out::write);
      } else {
        passing.write(bytes, offset, length, out::write);
      }
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return out.toByteArray();
  }
}
