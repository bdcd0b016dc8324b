package io.belay.agent.llm;

import java.util.concurrent.ConcurrentHashMap;

/**
 * What one run has learned about tokens per byte, model by model, from the provider's own counts.
 *
 * <p>An exponentially weighted mean, kept within bounds so that one odd answer cannot make the next
 * estimate absurd. Safe for any number of threads; holds one small object per model.
 */
public final class Calibration {
  private static final double WEIGHT = 0.5;
  private static final double LEAST = 0.15;
  private static final double MOST = 1.0;
  private static final int ENOUGH_BYTES = 64;

  private record Ratios(double input, double output) {}

  private final ConcurrentHashMap<String, Ratios> learned = new ConcurrentHashMap<>();

  /** The input of a request in tokens. */
  public long input(LlmRequest request) {
    return Tokens.input(request, ratios(request.model()).input());
  }

  /** Output tokens a byte of generated text stands for. */
  public double outputPerByte(String model) {
    return ratios(model).output();
  }

  /** Learns from an exact count; an estimated one, or too short a text, teaches nothing. */
  public void learn(LlmRequest request, Usage usage) {
    long bytes = Tokens.bytes(request);
    if (usage.estimated() || bytes < ENOUGH_BYTES || request.hiddenInput()) {
      return;
    }
    double ratio = capped((double) (usage.input() - Tokens.overhead(request)) / bytes);
    learned.merge(
        request.model(),
        new Ratios(ratio, Tokens.outputPerByte(request.model())),
        (old, fresh) -> new Ratios(mean(old.input, ratio), old.output));
  }

  /** Learns from an answer whose text was counted: tokens without reasoning against bytes. */
  public void learnOutput(String model, long textBytes, Usage usage) {
    long tokens = usage.output() - usage.reasoning();
    if (usage.estimated() || textBytes < ENOUGH_BYTES || tokens <= 0) {
      return;
    }
    double ratio = capped((double) tokens / textBytes);
    learned.merge(
        model,
        new Ratios(Tokens.inputPerByte(model), ratio),
        (old, fresh) -> new Ratios(old.input, mean(old.output, ratio)));
  }

  private Ratios ratios(String model) {
    Ratios ratios = learned.get(model);
    return ratios != null
        ? ratios
        : new Ratios(Tokens.inputPerByte(model), Tokens.outputPerByte(model));
  }

  private static double mean(double old, double fresh) {
    return capped(old * (1 - WEIGHT) + fresh * WEIGHT);
  }

  private static double capped(double ratio) {
    return Math.max(LEAST, Math.min(MOST, ratio));
  }
}
