package io.belay.it.budget;

import io.belay.it.harness.Arrival;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Generates answers as OpenAI does, as long as a request allows, and keeps a ledger of its own:
 * usage is told in a chunk without choices, and only to who asks for it.
 */
final class Generator {
  private static final Pattern LIMIT = Pattern.compile("\"max_(?:completion_)?tokens\":(\\d+)");
  private static final long INPUT = 11;

  private final long length;
  private final AtomicLong promised = new AtomicLong();
  private final AtomicLong generated = new AtomicLong();
  private final AtomicLong highest = new AtomicLong();
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger failures;

  /**
   * One whose answers have at most so many tokens.
   *
   * @param failures how many requests are answered with 429 first
   */
  Generator(long length, int failures) {
    this.length = length;
    this.failures = new AtomicInteger(failures);
  }

  /** Output tokens up to now. */
  long output() {
    return generated.get();
  }

  /** Input tokens up to now. */
  long input() {
    return answers.get() * INPUT;
  }

  /** The most that was generated and allowed to requests under way, at any moment. */
  long highest() {
    return highest.get();
  }

  void answer(Arrival call) {
    if (failures.getAndDecrement() > 0) {
      call.answer(429, "application/json", "{\"error\":{\"message\":\"slow down\"}}");
      return;
    }
    Matcher found = LIMIT.matcher(call.body());
    long allowed = found.find() ? Long.parseLong(found.group(1)) : Long.MAX_VALUE / 4;
    // Booked before it is allowed again: the sum is never below what a client may rely on.
    highest.accumulateAndGet(generated.get() + promised.addAndGet(allowed), Math::max);
    long tokens = Math.min(length, allowed);
    answers.incrementAndGet();
    if (call.body().contains("\"stream\":true")) {
      stream(call, tokens, allowed);
    } else {
      settle(tokens, allowed);
      call.answer(200, "application/json", plain(tokens));
    }
  }

  private void settle(long tokens, long allowed) {
    promised.addAndGet(-allowed);
    generated.addAndGet(tokens);
  }

  private void stream(Arrival call, long tokens, long allowed) {
    call.stream();
    for (long i = 0; i < tokens; i++) {
      call.token("a");
    }
    settle(tokens, allowed);
    if (call.body().contains("\"include_usage\":true")) {
      call.event(
          "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
              + "\"choices\":[],"
              + usage(tokens)
              + "}");
    }
    call.event("[DONE]");
    call.end();
  }

  private static String plain(long tokens) {
    return "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\","
        + "\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"logprobs\":null,"
        + "\"message\":{\"role\":\"assistant\",\"content\":\"a\",\"refusal\":null}}],"
        + usage(tokens)
        + "}";
  }

  private static String usage(long tokens) {
    return "\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}"
        .formatted(INPUT, tokens, INPUT + tokens);
  }
}
