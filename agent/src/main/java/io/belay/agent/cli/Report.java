package io.belay.agent.cli;

import io.belay.agent.cli.Terminal.Colour;
import java.math.BigDecimal;
import java.util.List;

/** {@code report}: what a stop did, on one screen. */
final class Report {
  private static final int MOST_CALLS = 25;
  private static final int MOST_FRAMES = 6;

  private Report() {}

  /**
   * Prints it.
   *
   * @param observed whether Belay enforces nothing in that JVM, so that calls go on
   */
  static int print(Terminal terminal, String json, boolean asJson, boolean observed) {
    if (asJson) {
      terminal.print(json);
      return 0;
    }
    Node report = Node.read(json);
    Node stop = report.get("stop");
    Node run = report.get("run");
    boolean quiet = report.get("quietAfterMs").isThere();
    String text = stop.text("text");
    terminal.print(
        terminal.paint(Colour.BOLD, title(report, run.text("id"), quiet, observed))
            + "\n  "
            + stop.text("reason")
            + " by "
            + stop.text("by")
            + (text.isEmpty() ? "" : ": " + text)
            + ", "
            + Say.since(stop.time("at"))
            + " ago");
    String refused = observed ? "  would have been refused since: " : "  refused since: ";
    terminal.print(refused + StopRequest.counts(report.get("refused")));
    money(terminal, report);
    if (report.number("rolledBack") > 0) {
      terminal.print(
          "  rolled back: "
              + Say.count(report.number("rolledBack"), "transaction", "transactions"));
    }
    calls(terminal, report.all("inFlight"));
    alive(terminal, report.all("alive"));
    return 0;
  }

  private static String title(Node report, String id, boolean quiet, boolean observed) {
    if (observed) {
      return "Observed a stop of " + id + ": its calls go on" + (quiet ? "; it is over now" : "");
    }
    return quiet
        ? "Stopped " + id + " in " + quietAfter(report)
        : "Stopping " + id + ": no new call begins, not quiet yet";
  }

  private static String quietAfter(Node report) {
    return Say.duration(report.number("quietAfterMs"));
  }

  private static void money(Terminal terminal, Node report) {
    Node at = report.get("usageAtStop");
    Node after = report.get("usageAfterStop");
    BigDecimal saved = report.get("savedEstimateUsd").amount();
    terminal.print(
        "  used: "
            + use(at)
            + "; after the stop: "
            + use(after)
            + (saved.signum() > 0 ? "; saved about " + Say.usd(saved) : ""));
  }

  private static String use(Node usage) {
    return (usage.get("estimated").isTrue() ? "about " : "")
        + Say.count(usage.number("inputTokens"))
        + " + "
        + Say.count(usage.number("outputTokens"))
        + " tokens, "
        + Say.usd(usage.get("costUsd").amount());
  }

  private static void calls(Terminal terminal, List<Node> calls) {
    if (calls.isEmpty()) {
      terminal.print("  in flight at the stop: nothing");
      return;
    }
    Table table = new Table("  IN FLIGHT AT THE STOP", "RUN", "OUTCOME");
    for (Node call : calls.subList(0, Math.min(calls.size(), MOST_CALLS))) {
      boolean doubtful = call.text("outcome").equals("unknown");
      table.add(
          doubtful ? Colour.YELLOW : Colour.PLAIN,
          "  " + call.text("kind") + ' ' + Table.cut(call.text("target"), 70),
          Table.cut(call.text("runId"), 32),
          Say.outcome(call));
    }
    terminal.print(table.draw(terminal, terminal.width()));
    if (calls.size() > MOST_CALLS) {
      terminal.print("  and " + Say.count(calls.size() - MOST_CALLS) + " more; --json has all");
    }
  }

  private static void alive(Terminal terminal, List<Node> threads) {
    for (Node thread : threads) {
      terminal.print("  still at work: " + thread.text("thread"));
      List<Node> stack = thread.all("stack");
      for (Node frame : stack.subList(0, Math.min(stack.size(), MOST_FRAMES))) {
        terminal.print("      at " + frame.text());
      }
    }
  }
}
