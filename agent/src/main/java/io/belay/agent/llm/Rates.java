package io.belay.agent.llm;

/**
 * What tokens cost, in whole pico-dollars (10<sup>-12</sup> US dollars) each, so that sums are
 * exact; a dollar per million tokens is 1,000,000 of them.
 *
 * @param input rate of input tokens
 * @param output rate of output tokens
 * @param cacheRead rate of input read from a cache
 * @param cacheWrite rate of input written to a cache
 * @param cacheWriteHour rate of input written to a cache for an hour
 * @param reasoning rate of reasoning tokens
 * @param audioInput rate of input that is sound
 * @param audioOutput rate of output that is sound
 * @param audioCacheRead rate of sound read from a cache
 * @param pictureOutput rate of output that is a picture or film
 */
public record Rates(
    long input,
    long output,
    long cacheRead,
    long cacheWrite,
    long cacheWriteHour,
    long reasoning,
    long audioInput,
    long audioOutput,
    long audioCacheRead,
    long pictureOutput) {

  /** The same rate for every token. */
  public static Rates flat(long pico) {
    return new Rates(pico, pico, pico, pico, pico, pico, pico, pico, pico, pico);
  }

  /** The tokens of a call in pico-dollars; {@link Long#MAX_VALUE} if it is more than that. */
  long cost(Usage usage) {
    Extra extra = usage.extra();
    long hour = Math.min(usage.cacheWrite(), usage.cacheWriteHour());
    long soundRead = Math.min(usage.cacheRead(), Math.min(extra.audioCacheRead(), usage.input()));
    // Sound that may have come from a cache untold is taken as new: that is dearer.
    long sound = Math.min(usage.input(), extra.audioInput()) - soundRead;
    long text = Math.max(0, usage.freshInput() - Math.max(0, sound));
    long thought = Math.min(usage.output(), usage.reasoning());
    long rest = usage.output() - thought;
    long spoken = Math.min(rest, extra.audioOutput());
    long painted = Math.min(rest - spoken, extra.pictureOutput());
    long sum = times(text, input);
    sum = plus(sum, times(Math.max(0, sound), audioInput));
    sum = plus(sum, times(usage.cacheRead() - soundRead, cacheRead));
    sum = plus(sum, times(soundRead, audioCacheRead));
    sum = plus(sum, times(usage.cacheWrite() - hour, cacheWrite));
    sum = plus(sum, times(hour, cacheWriteHour));
    sum = plus(sum, times(rest - spoken - painted, output));
    sum = plus(sum, times(spoken, audioOutput));
    sum = plus(sum, times(painted, pictureOutput));
    return plus(sum, times(thought, reasoning));
  }

  /** The dearest rate that a token of input can have. */
  long worstInput(boolean sound) {
    long written = Math.max(cacheWrite, cacheWriteHour);
    long text = Math.max(Math.max(input, cacheRead), written);
    return sound ? Math.max(text, Math.max(audioInput, audioCacheRead)) : text;
  }

  /** The dearest rate that a token of output can have. */
  long worstOutput(boolean sound, boolean picture) {
    long text = Math.max(output, reasoning);
    return Math.max(Math.max(text, sound ? audioOutput : 0), picture ? pictureOutput : 0);
  }

  /** All of them at so many percent, rounded up. */
  Rates percent(long percent) {
    return new Rates(
        share(input, percent),
        share(output, percent),
        share(cacheRead, percent),
        share(cacheWrite, percent),
        share(cacheWriteHour, percent),
        share(reasoning, percent),
        share(audioInput, percent),
        share(audioOutput, percent),
        share(audioCacheRead, percent),
        share(pictureOutput, percent));
  }

  /**
   * The rates of another tier, or of longer input, of which only some are known ({@code -1}: not).
   * What is not known rises as input or output do, and never falls.
   */
  Rates like(long in, long out, long read, long write, long hour, long soundIn) {
    long newInput = in < 0 ? input : in;
    long newOutput = out < 0 ? output : out;
    long newWrite = write < 0 ? rising(cacheWrite, newInput, input) : write;
    long newHour = hour < 0 ? rising(cacheWriteHour, newInput, input) : hour;
    return new Rates(
        newInput,
        newOutput,
        read < 0 ? rising(cacheRead, newInput, input) : read,
        newWrite,
        Math.max(newHour, newWrite),
        reasoning == output ? newOutput : rising(reasoning, newOutput, output),
        soundIn < 0 ? rising(audioInput, newInput, input) : soundIn,
        rising(audioOutput, newOutput, output),
        rising(audioCacheRead, newInput, input),
        rising(pictureOutput, newOutput, output));
  }

  /** The dearer of each. */
  Rates atLeast(Rates other) {
    return new Rates(
        Math.max(input, other.input),
        Math.max(output, other.output),
        Math.max(cacheRead, other.cacheRead),
        Math.max(cacheWrite, other.cacheWrite),
        Math.max(cacheWriteHour, other.cacheWriteHour),
        Math.max(reasoning, other.reasoning),
        Math.max(audioInput, other.audioInput),
        Math.max(audioOutput, other.audioOutput),
        Math.max(audioCacheRead, other.audioCacheRead),
        Math.max(pictureOutput, other.pictureOutput));
  }

  /** The same where nothing may be known to rise by: then by so many percent. */
  static long rising(long rate, long now, long before, int percent) {
    return before == 0 ? share(rate, percent) : rising(rate, now, before);
  }

  private static long rising(long rate, long now, long before) {
    if (now <= before || before == 0) {
      return rate;
    }
    // Rates are below 2^40 (a dollar a token), so doubles hold these products closely enough.
    return Math.max(rate, (long) Math.ceil((double) rate * now / before - 1e-6));
  }

  private static long share(long rate, long percent) {
    return (rate * percent + 99) / 100;
  }

  static long times(long tokens, long rate) {
    return Math.multiplyHigh(tokens, rate) != 0 || tokens * rate < 0
        ? Long.MAX_VALUE
        : tokens * rate;
  }

  static long plus(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
