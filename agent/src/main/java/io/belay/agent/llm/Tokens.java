package io.belay.agent.llm;

import java.util.Locale;

/**
 * Estimates tokens from bytes, on the high side for prose and source code. Dense input such as hex
 * can take more: up to {@link #worst}.
 */
public final class Tokens {
  static final long PER_MESSAGE = 8;
  static final long PER_TOOL = 12;
  static final long PER_IMAGE = 1600;
  private static final double PER_BYTE = 1 / 2.5;
  private static final double PER_BYTE_CLAUDE = 1 / 2.0;
  private static final double WORST_PER_BYTE = 1 / 1.5;

  private Tokens() {}

  /** A guess of a request's input that is rarely too low. */
  public static long input(LlmRequest request) {
    return input(request, inputPerByte(request.model()));
  }

  /** A guess that is too low for no text seen so far: refuse for good only above this. */
  public static long worst(LlmRequest request) {
    return input(request, Math.max(WORST_PER_BYTE, inputPerByte(request.model())));
  }

  static long input(LlmRequest request, double perByte) {
    return (long) Math.ceil(bytes(request) * perByte) + overhead(request);
  }

  /** What a request takes besides its text. */
  static long overhead(LlmRequest request) {
    return request.givenTokens()
        + PER_MESSAGE * request.messages()
        + PER_TOOL * request.tools()
        + PER_IMAGE * request.images();
  }

  static long bytes(LlmRequest request) {
    return request.textBytes() + request.toolBytes();
  }

  /** Input tokens a byte of text stands for before anything has been learned. */
  static double inputPerByte(String model) {
    return claude(model) ? PER_BYTE_CLAUDE : PER_BYTE;
  }

  /** Output tokens a byte of generated text stands for before anything has been learned. */
  public static double outputPerByte(String model) {
    return claude(model) ? 1 / 3.0 : 1 / 4.0;
  }

  private static boolean claude(String model) {
    String name = model.toLowerCase(Locale.ROOT);
    return name.contains("claude") || name.contains("anthropic");
  }
}
