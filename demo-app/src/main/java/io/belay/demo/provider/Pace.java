package io.belay.demo.provider;

/** When each token of an answer is due. */
@FunctionalInterface
interface Pace {
  /** Milliseconds from the start of the answer to its n-th token; the first is number 1. */
  long millisUntil(int token);

  static Pace tokensPerSecond(int rate) {
    return token -> token * 1000L / rate;
  }
}
