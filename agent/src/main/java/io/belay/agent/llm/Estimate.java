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

  /** By bytes, with what this run has learned. */
  public static Estimate of(LlmRequest request, Calibration calibration) {
    return new Estimate(
        calibration.input(request), calibration.outputPerByte(request.model()), Optional.empty());
  }
}
