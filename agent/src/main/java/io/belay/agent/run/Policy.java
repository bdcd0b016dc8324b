package io.belay.agent.run;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * What the configuration says about stopping. Durations in nanoseconds.
 *
 * @param enforce {@code false} to refuse and abort nothing, and count what would have been
 * @param wake whether waiting threads of a stopped run are interrupted
 * @param grace how long a call of a kind may go on after a stop; absent: until it ends
 * @param httpWriteGrace the same for HTTP methods that are not safe
 * @param shieldTimeout how long shielded work may go on after a stop
 * @param allow calls, by kind and target, that pass although their run is stopped
 * @param keep how many ended runs are remembered
 */
public record Policy(
    boolean enforce,
    boolean wake,
    Map<Kind, Long> grace,
    long httpWriteGrace,
    long shieldTimeout,
    List<BiPredicate<Kind, String>> allow,
    int keep) {
  private static final long SECOND = 1_000_000_000L;

  /** Never, as a grace. */
  static final long FOREVER = Long.MAX_VALUE / 2;

  /** The defaults of the contract. */
  public static Policy defaults() {
    Map<Kind, Long> grace = new EnumMap<>(Kind.class);
    grace.put(Kind.LLM, 0L);
    grace.put(Kind.HTTP, 0L);
    grace.put(Kind.SQL, 2 * SECOND);
    grace.put(Kind.PROCESS, 0L);
    return new Policy(true, true, grace, 10 * SECOND, 30 * SECOND, List.of(), 1000);
  }

  /** How long {@code call} may go on after the stop; {@link #FOREVER} for kinds that finish. */
  long graceOf(InFlight call) {
    if (call.isStillHere()) {
      return 0;
    }
    if (call.kind == Kind.HTTP && !safe(call)) {
      return httpWriteGrace;
    }
    if (call.kind == Kind.TOOL && call.exchange != null) {
      return 0; // A tool elsewhere has no boundaries of its own here that would stop it.
    }
    return grace.getOrDefault(call.kind, FOREVER);
  }

  /** How long whoever waits for an asynchronous call is left to hear how it ends. */
  long patienceFor(InFlight call) {
    long grace = graceOf(call);
    return grace == FOREVER ? httpWriteGrace : grace;
  }

  /** Whether a rule lets it pass although its run is stopped. */
  boolean allows(InFlight call) {
    if (allow.isEmpty()) {
      return false;
    }
    String text = call.site.text(call);
    for (BiPredicate<Kind, String> rule : allow) {
      if (rule.test(call.kind, text)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the request changes nothing at the far end, by RFC 9110. */
  static boolean safe(InFlight call) {
    if (call.exchange == null) {
      return false;
    }
    return switch (call.exchange.method()) {
      case "GET", "HEAD", "OPTIONS", "TRACE" -> true;
      default -> false;
    };
  }
}
