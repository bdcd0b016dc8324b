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

  void llmCall() {
    for (Meter meter = this; meter != null; meter = meter.above) {
      meter.llmCalls.incrementAndGet();
    }
  }

  void toolCall() {
    for (Meter meter = this; meter != null; meter = meter.above) {
      meter.toolCalls.incrementAndGet();
    }
  }

  void book(long in, long out, long read, long write, long pico, boolean guessed) {
    for (Meter meter = this; meter != null; meter = meter.above) {
      meter.input.addAndGet(in);
      meter.output.addAndGet(out);
      meter.cacheRead.addAndGet(read);
      meter.cacheWrite.addAndGet(write);
      meter.picoUsd.addAndGet(pico);
      if (guessed) {
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
}
