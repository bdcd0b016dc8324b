package io.belay.agent.llm;

import java.util.Optional;

/**
 * What to assume of a call until the provider has told.
 *
 * @param input input tokens
 * @param outputTokensPerByte output tokens a byte of generated text stands for
 * @param tokenizer counts the output of a cut stream; keeps its text in memory meanwhile
 */
public record Estimate(long input, double outputTokensPerByte, Optional<Tokenizer> tokenizer) {

  /**
   * By bytes, with what this JVM has learned, and by a tokenizer.
   *
   * @param counted the input by the tokenizer; -1 if nobody counted it
   */
  public static Estimate of(
      LlmRequest request, Calibration calibration, Optional<Tokenizer> tokenizer, long counted) {
    return new Estimate(
        calibration.input(request, counted),
        calibration.outputPerByte(request.model()),
        request.streamed() ? tokenizer : Optional.empty());
  }
}
