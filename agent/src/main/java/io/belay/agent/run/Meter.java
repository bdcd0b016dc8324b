package io.belay.agent.run;

import io.belay.api.Usage;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What a run and all below it have used. Booking walks up to the root. One object, since each
 * request of a server has one and hardly any books anything.
 */
final class Meter {
  private static final AtomicLongFieldUpdater<Meter> INPUT = counter("input");
  private static final AtomicLongFieldUpdater<Meter> OUTPUT = counter("output");
  private static final AtomicLongFieldUpdater<Meter> CACHE_READ = counter("cacheRead");
  private static final AtomicLongFieldUpdater<Meter> CACHE_WRITE = counter("cacheWrite");
  private static final AtomicLongFieldUpdater<Meter> PICO_USD = counter("picoUsd");
  private static final AtomicLongFieldUpdater<Meter> LLM_CALLS = counter("llmCalls");
  private static final AtomicLongFieldUpdater<Meter> TOOL_CALLS = counter("toolCalls");

  private final @Nullable Meter above;
  private volatile long input;
  private volatile long output;
  private volatile long cacheRead;
  private volatile long cacheWrite;
  private volatile long picoUsd;
  private volatile long llmCalls;
  private volatile long toolCalls;
  private volatile boolean estimated;

  Meter(@Nullable Meter above) {
    this.above = above;
  }

  private static AtomicLongFieldUpdater<Meter> counter(String field) {
    return AtomicLongFieldUpdater.newUpdater(Meter.class, field);
  }

  /** Calls that begin, or with -1 one that was withdrawn before anything of it was sent. */
  void calls(long llm, long tool) {
    for (Meter meter = this; meter != null; meter = meter.above) {
      LLM_CALLS.addAndGet(meter, llm);
      TOOL_CALLS.addAndGet(meter, tool);
    }
  }

  void book(LlmMeter.Booked used) {
    for (Meter meter = this; meter != null; meter = meter.above) {
      INPUT.addAndGet(meter, used.input());
      OUTPUT.addAndGet(meter, used.output());
      CACHE_READ.addAndGet(meter, used.cacheRead());
      CACHE_WRITE.addAndGet(meter, used.cacheWrite());
      PICO_USD.addAndGet(meter, used.picoUsd());
      if (used.estimated()) {
        meter.estimated = true;
      }
    }
  }

  Usage usage() {
    return new Usage(
        input, output, cacheRead, cacheWrite, picoUsd / 1e12, llmCalls, toolCalls, estimated);
  }

  /** Whether neither a model nor a tool was called. */
  boolean isEmpty() {
    return llmCalls == 0 && toolCalls == 0;
  }
}
