package io.belay.agent.cli;

import io.belay.agent.cli.Terminal.Colour;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers, times and statuses as people read them. */
final class Say {
  private Say() {}

  /** How long it is since then: {@code 3.2 s}, {@code 12 min}, {@code 5 h}. */
  static String since(@Nullable Instant then) {
    return then == null ? "" : duration(Duration.between(then, Instant.now()).toMillis());
  }

  static String duration(long millis) {
    long left = Math.max(millis, 0);
    if (left < 1000) {
      return left + " ms";
    }
    if (left < 10_000) {
      return String.format(Locale.ROOT, "%.1f s", left / 1000.0);
    }
    if (left < 120_000) {
      return left / 1000 + " s";
    }
    if (left < 7_200_000) {
      return left / 60_000 + " min";
    }
    return left < 172_800_000 ? left / 3_600_000 + " h" : left / 86_400_000 + " d";
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String count(long number, String one, String many) {
    return count(number) + ' ' + (number == 1 ? one : many);
  }

  static String usd(BigDecimal amount) {
    if (amount.signum() == 0) {
      return "$0";
    }
    boolean small = amount.compareTo(BigDecimal.ONE) < 0;
    return '$' + amount.setScale(small ? 6 : 2, RoundingMode.HALF_UP).toPlainString();
  }

  static Colour status(String status) {
    return switch (status) {
      case "running" -> Colour.GREEN;
      case "stopping" -> Colour.YELLOW;
      case "failed" -> Colour.RED;
      case "stopped" -> Colour.GRAY;
      default -> Colour.PLAIN;
    };
  }

  /** A call with how long it has been going on, or how long ago it began. */
  static String call(Node call) {
    return call.text("kind") + ' ' + call.text("target") + ", " + since(call.time("startedAt"));
  }

  /** The outcome of a call, in words that claim nothing that is not known. */
  static String outcome(Node call) {
    String status = call.text("status");
    return switch (call.text("outcome")) {
      case "completed" -> "done" + (status.isEmpty() ? "" : ' ' + status);
      case "aborted" ->
          call.text("kind").equals("llm")
              ? "ended; what it used is counted"
              : "aborted, changed nothing";
      case "in-flight" -> "still going on";
      case "unknown" -> "SENT, NO ANSWER: it may have happened";
      default -> call.text("outcome");
    };
  }
}
