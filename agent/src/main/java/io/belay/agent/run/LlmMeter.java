package io.belay.agent.run;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts one call of a language model while its answer passes. One thread at a time writes; {@link
 * #settle} may come from another and is told once.
 */
public interface LlmMeter {
  /** For calls that are none. */
  LlmMeter NONE = new LlmMeter() {};

  /** No bytes. */
  byte[] NOTHING = {};

  /**
   * What a call has used.
   *
   * @param picoUsd its price in pico-dollars
   * @param estimated whether the provider's own numbers never came
   */
  record Booked(
      long input, long output, long cacheRead, long cacheWrite, long picoUsd, boolean estimated) {
    /** Nothing. */
    public static final Booked NOTHING = new Booked(0, 0, 0, 0, 0, false);

    /** Both together; what has failed before its end has no numbers of its provider's. */
    public Booked plus(Booked other) {
      return new Booked(
          input + other.input,
          output + other.output,
          cacheRead + other.cacheRead,
          cacheWrite + other.cacheWrite,
          picoUsd + other.picoUsd,
          true);
    }

    /** Numbers from the wire may be absurd; sums of them must not be. */
    public Booked {
      input = Math.min(input, Reservation.UNBOUNDED);
      output = Math.min(output, Reservation.UNBOUNDED);
      cacheRead = Math.min(cacheRead, Reservation.UNBOUNDED);
      cacheWrite = Math.min(cacheWrite, Reservation.UNBOUNDED);
      picoUsd = Math.min(picoUsd, Reservation.DEAREST);
    }
  }

  /**
   * {@code call} is metered from now on, and may be over: whoever cancels it ends it first and then
   * settles the meter that he finds, which was not there yet.
   */
  static void lateFor(InFlight call) {
    VarHandle.fullFence();
    if (call.isOver()) {
      call.llm.settle(call, false);
    }
  }

  /** A header of the answer; all come before {@link #answered}. */
  default void header(String name, String value) {}

  /** The answer's head has come. */
  default void answered(
      InFlight call, int status, @Nullable String contentType, @Nullable String encoding) {}

  /** Bytes of the answer. */
  default void read(InFlight call, byte[] bytes, int offset, int length) {}

  /** Bytes of the answer, between position and limit. */
  default void read(InFlight call, ByteBuffer bytes) {}

  /** See {@link io.belay.boot.Tap#unread}. */
  default void unread(InFlight call, long bytes, boolean packed) {}

  /** No more of the answer will come than has; its end may be told later. */
  default void left(InFlight call) {}

  /** Whether what came says that the answer has failed. */
  default boolean failed() {
    return false;
  }

  /**
   * The call is over: books what was used.
   *
   * @param complete whether the answer came to its end
   */
  default void settle(InFlight call, boolean complete) {}

  /** What the call has used up to now; what was booked once it is settled. */
  default Booked soFar() {
    return Booked.NOTHING;
  }

  /** What the answer could still have cost when the call was ended, in pico-dollars. */
  default long savedPico() {
    return 0;
  }

  /**
   * The client sends its request again, inside the same call.
   *
   * @throws io.belay.api.BudgetExceededException when a limit of calls does not allow that
   */
  default void again(InFlight call) {}

  /** The same of {@code call}, in US dollars; nothing when Belay did not end it. */
  default double savedUsd(InFlight call) {
    return call.isAborted() ? savedPico() / 1e12 : 0;
  }

  /** See {@link io.belay.boot.Tap#filters}. */
  default boolean filters() {
    return false;
  }

  /** See {@link io.belay.boot.Tap#filter}. */
  default byte[] filter(InFlight call, byte @Nullable [] bytes, int offset, int length) {
    return bytes == null ? NOTHING : Arrays.copyOfRange(bytes, offset, offset + length);
  }
}
