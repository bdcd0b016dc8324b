package io.belay.agent.llm;

import java.util.concurrent.ConcurrentHashMap;

/**
 * What has been learned about tokens per byte, model by model, from the provider's own counts.
 *
 * <p>An exponentially weighted mean, kept within bounds so that one odd answer cannot make the next
 * estimate absurd. Safe for any number of threads; holds one small object per model.
 */
public final class Calibration {
  private static final double WEIGHT = 0.5;

  /** No text of any use has fewer tokens a byte. */
  static final double LEAST = 0.15;

  private static final double MOST = 1.0;
  private static final int ENOUGH_BYTES = 64;

  /** Names come from requests: beyond so many of them, nothing new is learned. */
  private static final int MODELS = 1000;

  /** Weight of a new deviation, and how many deviations above the mean are cautious: RFC 6298. */
  private static final double DEVIATION_WEIGHT = 0.25;

  private static final int DEVIATIONS = 4;
  private static final double FIRST_DEVIATION = 1 / 16.0;

  private record Ratios(double input, double deviation, double output) {
    Ratios input(double fresh) {
      double off = Math.abs(fresh - input);
      return new Ratios(
          mean(input, fresh), deviation * (1 - DEVIATION_WEIGHT) + off * DEVIATION_WEIGHT, output);
    }

    Ratios output(double fresh) {
      return new Ratios(input, deviation, mean(output, fresh));
    }
  }

  private final ConcurrentHashMap<String, Ratios> learned = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Service> tiers = new ConcurrentHashMap<>();

  private final Conversations conversations = new Conversations();

  /** The input of a request in tokens, with what its provider kept of earlier ones. */
  public long input(LlmRequest request) {
    return input(request, ratios(request.model()).input());
  }

  /** The same where a tokenizer has counted the request itself; -1 if none has. */
  public long input(LlmRequest request, long counted) {
    return counted < 0 ? input(request) : counted + conversations.length(request);
  }

  private long input(LlmRequest request, double ratio) {
    return Tokens.input(request, ratio) + conversations.length(request);
  }

  /** The same, rarely too low: to set aside. As a retransmission timer is set above the mean. */
  public long cautiousInput(LlmRequest request) {
    Ratios ratios = ratios(request.model());
    double ratio = ratios.input() + DEVIATIONS * ratios.deviation();
    return input(request, Math.min(MOST, ratio));
  }

  /**
   * The same where a tokenizer has counted: that, unless the provider has been seen to count more.
   */
  public long cautiousInput(LlmRequest request, long counted) {
    if (counted < 0) {
      return cautiousInput(request);
    }
    long all = input(request, counted);
    return learned.containsKey(request.model()) ? Math.max(all, input(request)) : all;
  }

  /** An answer has come whole: a later request may go on with it. */
  public void learnLength(LlmRequest request, String id, Usage usage) {
    conversations.learn(request, id, usage);
  }

  /** Output tokens a byte of generated text stands for. */
  public double outputPerByte(String model) {
    return ratios(model).output();
  }

  /**
   * What a request asks for; where it leaves the tier open, with the dearest at which the model has
   * answered such a one: the provider's account may be set to it.
   */
  public Asked expected(LlmRequest request, Asked asked) {
    return asked.service() == Service.UNSAID
        ? asked.at(tiers.getOrDefault(request.model(), Service.UNSAID))
        : asked;
  }

  private void learnTier(LlmRequest request, Service served) {
    boolean open = request.asked().service() == Service.UNSAID;
    boolean room = tiers.size() < MODELS || tiers.containsKey(request.model());
    if (open && room && served.compareTo(Service.STANDARD) > 0) {
      tiers.merge(request.model(), served, Service::or);
    }
  }

  /** Learns from an exact count; an estimated one, or too short a text, teaches nothing. */
  public void learn(LlmRequest request, Usage usage) {
    learnTier(request, usage.extra().service());
    long bytes = Tokens.bytes(request);
    if (usage.estimated() || usage.input() == 0 || bytes < ENOUGH_BYTES || request.hiddenInput()) {
      return;
    }
    double ratio = capped((double) (usage.input() - Tokens.overhead(request)) / bytes);
    if (mayLearn(request.model())) {
      double output = Tokens.outputPerByte(request.model());
      learned.merge(
          request.model(),
          new Ratios(ratio, ratio * FIRST_DEVIATION, output),
          (old, fresh) -> old.input(ratio));
    }
  }

  /** Learns from an answer whose text was counted: tokens without reasoning against bytes. */
  public void learnOutput(String model, long textBytes, Usage usage) {
    long tokens = usage.output() - usage.reasoning();
    if (usage.estimated() || textBytes < ENOUGH_BYTES || tokens <= 0 || !mayLearn(model)) {
      return;
    }
    double ratio = capped((double) tokens / textBytes);
    learned.merge(
        model, new Ratios(Tokens.inputPerByte(model), 0, ratio), (old, fresh) -> old.output(ratio));
  }

  private boolean mayLearn(String model) {
    return learned.size() < MODELS || learned.containsKey(model);
  }

  private Ratios ratios(String model) {
    Ratios ratios = learned.get(model);
    return ratios != null
        ? ratios
        : new Ratios(Tokens.inputPerByte(model), 0, Tokens.outputPerByte(model));
  }

  private static double mean(double old, double fresh) {
    return capped(old * (1 - WEIGHT) + fresh * WEIGHT);
  }

  private static double capped(double ratio) {
    return Math.max(LEAST, Math.min(MOST, ratio));
  }
}
