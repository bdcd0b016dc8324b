package io.belay.agent.rule;

/** For which models the application's own tokenizer is asked. */
public enum TokenizerUse {
  /** Those whose name says that they are OpenAI's. */
  AUTO,
  /** Any: what is not OpenAI's is counted as its newest would. */
  ALL,
  /** None. */
  OFF
}
