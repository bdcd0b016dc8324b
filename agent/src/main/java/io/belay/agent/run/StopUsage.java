package io.belay.agent.run;

import io.belay.api.Usage;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Tells what a stopped run had used at the stop from what it used after it.
 *
 * <p>Calls in flight are booked when they are over, which is after the stop. What they had sent and
 * received when they were found belongs to the stop; only what came since is after it. A call that
 * ends in the instant between the two looks is counted as after.
 */
final class StopUsage {
  private final Run run;
  private Usage booked; // Guarded by this.
  private final IdentityHashMap<InFlight, LlmMeter.Booked> open =
      new IdentityHashMap<>(); // Guarded by this.

  StopUsage(Run run) {
    this.run = run;
    this.booked = run.usage();
  }

  /** Calls that had begun when the stop came. */
  synchronized void take(Collection<InFlight> calls) {
    for (InFlight call : calls) {
      // One that is not metered by now has used nothing at the stop.
      if (call.kind == Kind.LLM && call.llm != LlmMeter.NONE) {
        open.putIfAbsent(call, call.llm.soFar());
      }
    }
  }

  /** Tokens and cost at the stop. */
  synchronized Usage atStop() {
    Usage sum = booked;
    for (Map.Entry<InFlight, LlmMeter.Booked> call : open.entrySet()) {
      sum = plus(sum, lesser(call.getValue(), call.getKey().llm.soFar()));
    }
    return sum;
  }

  /** Tokens and cost since; of calls that are not over, nothing yet. */
  Usage after() {
    Usage then = atStop();
    Usage now = run.usage();
    return new Usage(
        Math.max(0, now.inputTokens() - then.inputTokens()),
        Math.max(0, now.outputTokens() - then.outputTokens()),
        Math.max(0, now.cacheReadTokens() - then.cacheReadTokens()),
        Math.max(0, now.cacheWriteTokens() - then.cacheWriteTokens()),
        Math.max(0, now.costUsd() - then.costUsd()),
        Math.max(0, now.llmCalls() - then.llmCalls()),
        Math.max(0, now.toolCalls() - then.toolCalls()),
        now.estimated());
  }

  /** All of it: what was used at the stop is shown as used, though it may not be booked yet. */
  Usage used() {
    Usage then = atStop();
    Usage now = run.usage();
    return new Usage(
        Math.max(then.inputTokens(), now.inputTokens()),
        Math.max(then.outputTokens(), now.outputTokens()),
        Math.max(then.cacheReadTokens(), now.cacheReadTokens()),
        Math.max(then.cacheWriteTokens(), now.cacheWriteTokens()),
        Math.max(then.costUsd(), now.costUsd()),
        now.llmCalls(),
        now.toolCalls(),
        then.estimated() || now.estimated());
  }

  /** All calls are over: lets go of them. */
  synchronized void close() {
    booked = atStop();
    open.clear();
  }

  /** An estimate may have been above what the provider says in the end. */
  private static LlmMeter.Booked lesser(LlmMeter.Booked then, LlmMeter.Booked last) {
    return new LlmMeter.Booked(
        Math.min(then.input(), last.input()),
        Math.min(then.output(), last.output()),
        Math.min(then.cacheRead(), last.cacheRead()),
        Math.min(then.cacheWrite(), last.cacheWrite()),
        Math.min(then.picoUsd(), last.picoUsd()),
        last.estimated());
  }

  private static Usage plus(Usage sum, LlmMeter.Booked used) {
    return new Usage(
        sum.inputTokens() + used.input(),
        sum.outputTokens() + used.output(),
        sum.cacheReadTokens() + used.cacheRead(),
        sum.cacheWriteTokens() + used.cacheWrite(),
        sum.costUsd() + used.picoUsd() / 1e12,
        sum.llmCalls(),
        sum.toolCalls(),
        sum.estimated() || used.estimated());
  }
}
