package io.belay.agent;

import java.time.Duration;

/**
 * The seven limits of one scope of a budget. Zero allows nothing; a limit not set does not bind.
 */
final class LimitKeys {
  final Key<Long> inputTokens;
  final Key<Long> outputTokens;
  final Key<Long> totalTokens;

  /** In billionths of a US dollar. */
  final Key<Long> costUsd;

  final Key<Long> llmCalls;
  final Key<Long> toolCalls;
  final Key<Duration> time;

  /**
   * @param prefix {@code budget.}, {@code budget.jvm.} or {@code budget.key.}
   * @param whose ends each meaning: "of a top-level run"
   */
  LimitKeys(String prefix, String whose) {
    inputTokens = Key.amount(prefix + "input-tokens", Type.TOKENS, null, "input tokens " + whose);
    outputTokens =
        Key.amount(prefix + "output-tokens", Type.TOKENS, null, "output tokens " + whose);
    totalTokens =
        Key.amount(prefix + "total-tokens", Type.TOKENS, null, "input and output tokens " + whose);
    costUsd = Key.usd(prefix + "cost-usd", "cost " + whose + ", in US dollars");
    llmCalls = Key.amount(prefix + "llm-calls", Type.COUNT, null, "LLM calls " + whose);
    toolCalls = Key.amount(prefix + "tool-calls", Type.COUNT, null, "tool calls " + whose);
    time = Key.duration(prefix + "time", null, "wall time " + whose);
  }

  Key<?>[] all() {
    return new Key<?>[] {
      inputTokens, outputTokens, totalTokens, costUsd, llmCalls, toolCalls, time
    };
  }
}
