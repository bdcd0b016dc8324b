package io.belay.agent.cli;

import io.belay.agent.cli.Terminal.Colour;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs as a tree: those that live, and the last that have ended. */
final class RunTable {
  static final int MOST_ENDED = 15;

  /** From these widths on there is room for names, for tokens and limits, for costs. */
  private static final int ROOMY = 130;

  private static final int COUNTED = 100;
  private static final int PRICED = 72;

  private final List<Node> order = new ArrayList<>();
  private final Map<String, Integer> depths = new HashMap<>();
  private int hidden;

  /** Brings {@code runs}, in any order, into that of the tree. */
  RunTable(List<Node> runs, int mostEnded) {
    long ended = runs.stream().filter(RunTable::isOver).count();
    long skip = Math.max(ended - mostEnded, 0);
    Map<String, List<Node>> below = new HashMap<>();
    Map<String, Node> shown = new HashMap<>();
    for (Node run : runs) {
      if (isOver(run) && skip > 0) {
        skip--;
        hidden++;
      } else {
        shown.put(run.text("id"), run);
        below.computeIfAbsent(run.text("parent"), parent -> new ArrayList<>()).add(run);
      }
    }
    for (Node run : shown.values()) {
      if (!shown.containsKey(run.text("parent"))) {
        add(run, 0, below);
      }
    }
    // Whose parent is not shown any more still belongs to somebody; the root comes first.
    order.sort((a, b) -> Boolean.compare(under(b), under(a)));
  }

  private boolean under(Node run) {
    return depths.getOrDefault(run.text("id"), 0) > 0 || run.text("id").equals("jvm");
  }

  private void add(Node run, int depth, Map<String, List<Node>> below) {
    order.add(run);
    depths.put(run.text("id"), depth);
    for (Node child : below.getOrDefault(run.text("id"), List.of())) {
      add(child, depth + 1, below);
    }
  }

  static boolean isOver(Node run) {
    return !run.text("status").equals("running") && !run.text("status").equals("stopping");
  }

  static int print(Terminal terminal, String json, boolean asJson) {
    if (asJson) {
      terminal.print(json);
    } else {
      RunTable table = new RunTable(Node.read(json).all(), MOST_ENDED);
      terminal.print(table.draw(terminal, terminal.width()));
    }
    return 0;
  }

  /** Where there is little room, what is told less of goes first. */
  String draw(Terminal terminal, int width) {
    boolean named = width >= ROOMY;
    boolean counted = width >= COUNTED;
    boolean priced = width >= PRICED;
    Table table =
        new Table("RUN", "STATUS", ">AGE", ">LLM", ">IN", ">OUT", ">COST", "LIMIT", "IN FLIGHT");
    for (Node run : order) {
      Node usage = run.get("usage");
      String guess = usage.get("estimated").isTrue() ? "~" : "";
      int depth = depths.getOrDefault(run.text("id"), 0);
      String name = run.text("name");
      String id = Table.cut(run.text("id"), 40);
      table.add(
          Say.status(run.text("status")),
          "  ".repeat(depth) + id + (name.isEmpty() || !named ? "" : " " + Table.cut(name, 24)),
          status(run),
          Say.since(run.time("startedAt")),
          counted ? Say.count(usage.number("llmCalls")) : "",
          counted ? guess + Say.count(usage.number("inputTokens")) : "",
          counted ? guess + Say.count(usage.number("outputTokens")) : "",
          priced ? guess + Say.usd(usage.get("costUsd").amount()) : "",
          counted ? limit(run) : "",
          flight(run));
    }
    String text = table.draw(terminal, width);
    return hidden == 0
        ? text
        : text
            + terminal.paint(
                Colour.GRAY,
                Say.count(hidden, "run that has ended is", "runs that have ended are")
                    + " left out; --json has all")
            + "\n";
  }

  static String status(Node run) {
    String reason = run.text("reason");
    return run.text("status") + (reason.isEmpty() ? "" : " (" + reason + ")");
  }

  static String flight(Node run) {
    List<Node> calls = run.all("inFlight");
    if (calls.isEmpty()) {
      return "";
    }
    String more = calls.size() == 1 ? "" : " and " + (calls.size() - 1) + " more";
    return Say.call(calls.get(0)) + more;
  }

  /** The limit that comes first to an end, with what is used of it and what is set aside. */
  private static String limit(Node run) {
    String nearest = "";
    double most = -1;
    for (Map.Entry<String, Node> limit : run.get("budget").members().entrySet()) {
      BigDecimal max = limit.getValue().amount();
      BigDecimal left = run.get("remaining").get(limit.getKey()).amount();
      double used = max.signum() == 0 ? 1 : 1 - left.doubleValue() / max.doubleValue();
      if (used > most) {
        most = used;
        nearest = limit.getKey() + ' ' + Math.round(used * 100) + '%';
      }
    }
    return nearest;
  }
}
