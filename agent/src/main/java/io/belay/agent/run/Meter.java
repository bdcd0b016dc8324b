package io.belay.agent.run;

import io.belay.api.Usage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a run and all below it have used. Booking walks up to the root. */
final class Meter {
  private final @Nullable Meter above;
  private final AtomicLong input = new AtomicLong();
  private final AtomicLong output = new AtomicLong();
  private final AtomicLong cacheRead = new AtomicLong();
  private final AtomicLong cacheWrite = new AtomicLong();
  private final AtomicLong picoUsd = new AtomicLong();
  private final AtomicLong llmCalls = new AtomicLong();
  private final AtomicLong toolCalls = new AtomicLong();
  private volatile boolean estimated;

  Meter(@Nullable Meter above) {
    this.above = above;
  }

  /** Calls that begin, or with -1 one that was withdrawn before anything of it was sent. */
  void calls(long llm, long tool) {
    for (Meter meter = this; meter != null; meter = meter.above) {
      meter.llmCalls.addAndGet(llm);
      meter.toolCalls.addAndGet(tool);
    }
  }

  void book(LlmMeter.Booked used) {
    for (Meter meter = this; meter != null; meter = meter.above) {
      meter.input.addAndGet(used.input());
      meter.output.addAndGet(used.output());
      meter.cacheRead.addAndGet(used.cacheRead());
      meter.cacheWrite.addAndGet(used.cacheWrite());
      meter.picoUsd.addAndGet(used.picoUsd());
      if (used.estimated()) {
        meter.estimated = true;
      }
    }
  }

  Usage usage() {
    return new Usage(
        input.get(),
        output.get(),
        cacheRead.get(),
        cacheWrite.get(),
        picoUsd.get() / 1e12,
        llmCalls.get(),
        toolCalls.get(),
        estimated);
  }

  /** Whether neither a model nor a tool was called. */
  boolean isEmpty() {
    return llmCalls.get() == 0 && toolCalls.get() == 0;
  }
}
