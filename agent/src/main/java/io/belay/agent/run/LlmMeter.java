package io.belay.agent.run;

import java.nio.ByteBuffer;
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
      long input, long output, long cacheRead, long cacheWrite, long picoUsd, boolean estimated) {}

  /** A header of the answer; all come before {@link #answered}. */
  default void header(String name, String value) {}

  /** The answer's head has come. */
  default void answered(
      InFlight call, int status, @Nullable String contentType, @Nullable String encoding) {}

  /** Bytes of the answer. */
  default void read(InFlight call, byte[] bytes, int offset, int length) {}

  /** Bytes of the answer, between position and limit. */
  default void read(InFlight call, ByteBuffer bytes) {}

  /**
   * The call is over: books what was used.
   *
   * @param complete whether the answer came to its end
   */
  default void settle(InFlight call, boolean complete) {}

  /** What the answer could still have cost when the call was ended, in US dollars. */
  default double savedUsd(InFlight call) {
    return 0;
  }

  /** See {@link io.belay.boot.Tap#filters}. */
  default boolean filters() {
    return false;
  }

  /** See {@link io.belay.boot.Tap#filter}. */
  default byte[] filter(byte @Nullable [] bytes, int offset, int length) {
    return bytes == null ? NOTHING : bytes;
  }
}
