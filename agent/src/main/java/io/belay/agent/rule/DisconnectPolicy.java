package io.belay.agent.rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client's disconnect does to its request: {@code agent} (stop it if it has made an LLM
 * call), {@code always}, {@code never}, or rules per path, the first that matches: {@code
 * stop=/chat/**,grace(10s)=/jobs/**,continue=/hooks/**}. One of the three words among the rules is
 * for all other paths, {@code agent} when none is. In a path {@code *} is within one segment,
 * {@code **} is anything, and a last {@code /**} also matches the path before it.
 */
public final class DisconnectPolicy {
  /** What happens to the run. */
  public enum What {
    /** Stop it if it has made an LLM call. */
    AGENT,
    STOP,
    CONTINUE
  }

  /**
   * The decision for one path.
   *
   * @param grace how long the run may go on before it is stopped, zero for at once
   */
  public record Action(What what, Duration grace) {}

  private record Rule(String path, Action action) {}

  private final Action otherwise;
  private final List<Rule> rules;

  private DisconnectPolicy(Action otherwise, List<Rule> rules) {
    this.otherwise = otherwise;
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads a word or rules separated by commas.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static DisconnectPolicy parse(String text) {
    Action otherwise = null;
    List<Rule> rules = new ArrayList<>();
    for (int from = 0; from <= text.length(); ) {
      int comma = text.indexOf(',', from);
      comma = comma < 0 ? text.length() : comma;
      String part = text.substring(from, comma).strip();
      from = comma + 1;
      int equals = part.indexOf('=');
      if (equals >= 0) {
        String path = part.substring(equals + 1).strip();
        if (!path.startsWith("/")) {
          throw new IllegalArgumentException("the path of \"" + part + "\" does not begin with /");
        }
        rules.add(new Rule(path, action(part.substring(0, equals).strip())));
      } else if (otherwise == null) {
        otherwise = word(part);
      } else {
        throw new IllegalArgumentException("it has more than one word for all other paths");
      }
    }
    return new DisconnectPolicy(otherwise == null ? word("agent") : otherwise, rules);
  }

  /** What a disconnect does to a request for that path, given without its query. */
  public Action forPath(String path) {
    for (Rule rule : rules) {
      String pattern = rule.path;
      boolean below = pattern.endsWith("/**") && pattern.length() > 3;
      if (Glob.matches(pattern, path, '/', false)
          || below && Glob.matches(pattern.substring(0, pattern.length() - 3), path, '/', false)) {
        return rule.action;
      }
    }
    return otherwise;
  }

  private static Action word(String word) {
    switch (word) {
      case "agent":
        return new Action(What.AGENT, Duration.ZERO);
      case "always":
        return new Action(What.STOP, Duration.ZERO);
      case "never":
        return new Action(What.CONTINUE, Duration.ZERO);
      default:
        throw new IllegalArgumentException(word.isEmpty() ? "it is empty" : "\"" + word + "\"?");
    }
  }

  private static Action action(String text) {
    if (text.equals("stop")) {
      return new Action(What.STOP, Duration.ZERO);
    }
    if (text.equals("continue")) {
      return new Action(What.CONTINUE, Duration.ZERO);
    }
    if (text.startsWith("grace(") && text.endsWith(")")) {
      return new Action(What.STOP, Durations.parse(text.substring(6, text.length() - 1)));
    }
    throw new IllegalArgumentException("\"" + text + "\" is neither stop, grace(10s) nor continue");
  }
}
