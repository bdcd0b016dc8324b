package io.belay.it.llm;

import io.belay.it.harness.Arrival;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Generates answers as long as a request allows, and keeps a ledger of its own. A request that
 * offers the tool has it called first.
 */
final class Generator {
  /** Tells of a failure that is no answer at all. */
  static final int RESET = 0;

  private static final long INPUT = 11;

  private final Wire wire;
  private final long length;
  private final String tool;
  private final Queue<Integer> failures = new ConcurrentLinkedQueue<>();
  private final Total own = new Total();
  private final AtomicInteger answers = new AtomicInteger();
  private Total all = own;

  /** What was generated, and what is allowed to requests under way: by one or by several. */
  static final class Total {
    private final AtomicLong promised = new AtomicLong();
    private final AtomicLong generated = new AtomicLong();
    private final AtomicLong highest = new AtomicLong();

    /** The most that both were together, at any moment. */
    long highest() {
      return highest.get();
    }

    /** Booked before it is allowed again: the sum is never below what a client may rely on. */
    private void allow(long tokens) {
      highest.accumulateAndGet(generated.get() + promised.addAndGet(tokens), Math::max);
    }

    private void settle(long tokens, long allowed) {
      promised.addAndGet(-allowed);
      generated.addAndGet(tokens);
    }
  }

  /**
   * One whose answers have at most so many tokens.
   *
   * @param tool the URL that the tool is called with
   */
  Generator(Wire wire, long length, String tool) {
    this.wire = wire;
    this.length = length;
    this.tool = tool;
  }

  /** Counts there, too. */
  Generator countedBy(Total total) {
    all = total;
    return this;
  }

  /** Fails the next requests: with these statuses, or with {@link #RESET}. */
  Generator failing(Integer... statuses) {
    failures.addAll(List.of(statuses));
    return this;
  }

  /** Output tokens up to now. */
  long output() {
    return own.generated.get();
  }

  /** Input tokens up to now. */
  long input() {
    return answers.get() * INPUT;
  }

  /** How many requests were answered. */
  int answers() {
    return answers.get();
  }

  /** The most that was generated and allowed to requests under way, at any moment. */
  long highest() {
    return own.highest();
  }

  void answer(Arrival call) {
    Integer failure = failures.poll();
    if (failure != null) {
      if (failure == RESET) {
        call.reset();
      } else {
        call.answer(failure, "application/json", "{\"error\":{\"message\":\"not now\"}}");
      }
      return;
    }
    String body = call.body().replaceAll("\\s", ""); // Some print it for people.
    long allowed = wire.allowed(body);
    own.allow(allowed);
    if (all != own) {
      all.allow(allowed);
    }
    long tokens = Math.min(length, allowed);
    answers.incrementAndGet();
    if (wire.streams(call.path(), body)) {
      stream(call, body, tokens, allowed);
    } else {
      settle(tokens, allowed);
      call.answer(
          200,
          "application/json",
          wire.offersTool(body) ? wire.call(tool, INPUT, tokens) : wire.answer(INPUT, tokens));
    }
  }

  private void settle(long tokens, long allowed) {
    own.settle(tokens, allowed);
    if (all != own) {
      all.settle(tokens, allowed);
    }
  }

  private void stream(Arrival call, String body, long tokens, long allowed) {
    begin(wire, call);
    for (long i = 0; i < tokens; i++) {
      call.chunk(wire.framed(wire.token()));
    }
    settle(tokens, allowed);
    wire.last(body, INPUT, tokens).forEach(event -> call.chunk(wire.framed(event)));
    call.end();
  }

  /** Begins a stream. */
  static void begin(Wire wire, Arrival call) {
    call.stream(wire.contentType());
    wire.first(INPUT).forEach(event -> call.chunk(wire.framed(event)));
  }
}
