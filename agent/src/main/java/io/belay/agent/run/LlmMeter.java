package io.belay.agent.run;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Counts one call of a language model while its answer passes. One thread at a time writes. */
interface LlmMeter {
  /** For calls that are none. */
  LlmMeter NONE = new LlmMeter() {};

  default void answered(
      InFlight call, int status, @Nullable String contentType, @Nullable String encoding) {}

  default void header(String name, String value) {}

  default void read(byte[] bytes, int offset, int length) {}

  default void read(ByteBuffer bytes) {}

  /** The call is over: books what was used, once. */
  default void settle(InFlight call) {}

  default boolean filters() {
    return false;
  }

  default byte[] filter(byte @Nullable [] bytes, int offset, int length) {
    return bytes == null ? new byte[0] : bytes;
  }
}
