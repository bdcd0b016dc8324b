package io.belay.agent.cli;

import io.belay.agent.cli.Terminal.Colour;
import io.belay.agent.control.LocalCaller;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * {@code stop}: asks, waits shortly until all is quiet, says what it waits for, and tells what
 * became of it. Nothing is called stopped that the JVM has not said is.
 */
final class StopRequest {
  private static final long LOOK_MILLIS = 100;

  private final Terminal terminal;
  private final Line line;
  private final Words words;
  private final long pid;
  private final String id;
  private final Patience wait;

  StopRequest(Terminal terminal, Line line, Words words, long pid, Patience wait) {
    this.wait = wait;
    this.terminal = terminal;
    this.line = line;
    this.words = words;
    this.pid = pid;
    this.id = words.has("--all") ? "jvm" : words.operands().get(1);
  }

  int run() {
    if (words.has("--dry-run")) {
      return preview();
    }
    String body =
        JsonText.object()
            .text("reason", words.value("--reason", ""))
            .truth("force", words.has("--force"))
            .end();
    LocalCaller.Reply reply;
    try {
      reply = line.call("POST", Line.run(id, "/stop"), body);
    } catch (Failure silent) {
      throw new Failure(
          silent.status(),
          silent.status() == Failure.NOT_CONFIRMED
              ? "not confirmed: "
                  + silent.getMessage()
                  + ". The stop of "
                  + id
                  + " may have been taken or not; work may still be going on"
              : String.valueOf(silent.getMessage()));
    }
    if (reply.status() >= 400) {
      throw new Failure(Failure.FAILED, Node.read(reply.body()).text("detail"));
    }
    try {
      return await(reply.status() == 200);
    } catch (Failure lost) {
      if (lost.status() != Failure.FAILED || Candidate.isAlive(pid)) {
        throw lost;
      }
      return ended(reply.body());
    }
  }

  /** The stop was acknowledged, and whatever it stopped has ended with its JVM. */
  private int ended(String run) {
    if (words.has("--json")) {
      terminal.print(run);
    }
    terminal.err.println(
        "belay: the stop of "
            + id
            + " was acknowledged, and JVM "
            + pid
            + " has ended since; its report is gone with it");
    return 0;
  }

  private int await(boolean before) {
    long end = System.nanoTime() + wait.millis() * 1_000_000L;
    String shown = "";
    for (; ; ) {
      String json = line.get(Line.run(id, "/report"));
      Node report = Node.read(json);
      boolean quiet = report.get("quietAfterMs").isThere();
      if (quiet || System.nanoTime() - end > 0) {
        erase(shown);
        return tell(json, report, quiet, before);
      }
      String waits = "Stopping " + id + "... waiting for " + what(report);
      if (terminal.live && !words.has("--json") && !waits.equals(shown)) {
        erase(shown);
        shown = Table.cut(waits, terminal.width() - 1);
        terminal.out.print(terminal.paint(Colour.YELLOW, shown));
        terminal.out.flush();
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        throw new Failure(Failure.NOT_QUIET, "interrupted while waiting for " + what(report));
      }
    }
  }

  private void erase(String shown) {
    if (!shown.isEmpty()) {
      terminal.out.print("\r\u001b[K");
    }
  }

  private int tell(String json, Node report, boolean quiet, boolean before) {
    if (words.has("--json")) {
      terminal.print(json);
    } else {
      if (before) {
        terminal.print(terminal.paint(Colour.GRAY, "It had been stopped before."));
      }
      boolean observed = line.observes();
      Report.print(terminal, json, false, observed);
      if (observed) {
        terminal.print(
            terminal.paint(
                Colour.YELLOW,
                "Belay only observes in this JVM: nothing was refused or ended, what would have"
                    + " been is counted."));
      }
      if (!quiet) {
        terminal.print(
            terminal.paint(
                Colour.YELLOW,
                (observed ? "Still at work: " : "No new call begins. Still waiting for ")
                    + what(report)
                    + (words.has("--force") || observed ? "" : "; --force ends the grace periods")
                    + ", 'report "
                    + pid
                    + ' '
                    + id
                    + "' tells how it goes on."));
      }
    }
    return quiet ? 0 : Failure.NOT_QUIET;
  }

  /** The calls that go on, else the threads that do. */
  static String what(Node report) {
    List<String> waits = new ArrayList<>();
    for (Node call : report.all("inFlight")) {
      if (call.text("outcome").equals("in-flight")) {
        waits.add(Say.call(call));
      }
    }
    int threads = report.all("alive").size();
    if (waits.isEmpty()) {
      return threads == 0
          ? "queued work to be taken back"
          : Say.count(threads, "thread", "threads")
              + " that "
              + (threads == 1 ? "has" : "have")
              + " not come to a boundary";
    }
    return waits.get(0) + (waits.size() == 1 ? "" : " and " + (waits.size() - 1) + " more");
  }

  private int preview() {
    String json = line.ask("POST", Line.run(id, "/stop?dryRun=true"), "{}");
    if (words.has("--json")) {
      terminal.print(json);
      return 0;
    }
    Node preview = Node.read(json);
    List<Node> runs = preview.all("runs");
    terminal.print(
        "Would stop "
            + Say.count(runs.size(), "run", "runs")
            + ": "
            + String.join(", ", runs.stream().map(Node::text).limit(20).toList())
            + (runs.size() > 20 ? ", ..." : ""));
    Table table = new Table("IN FLIGHT", "RUN", ">AGE", "THEN");
    for (Node call : preview.all("inFlight")) {
      table.add(
          Colour.PLAIN,
          call.text("kind") + ' ' + Table.cut(call.text("target"), 60),
          call.text("runId"),
          Say.since(call.time("startedAt")),
          then(call));
    }
    if (!table.isEmpty()) {
      terminal.print(table.draw(terminal, terminal.width()));
    }
    return 0;
  }

  private static String then(Node call) {
    if (call.text("then").equals("abort")) {
      return "aborted at once";
    }
    return call.get("graceMs").isThere()
        ? "may finish for " + Say.duration(call.number("graceMs"))
        : "finishes";
  }

  static String counts(Node byKind) {
    List<String> parts = new ArrayList<>();
    new TreeMap<>(byKind.members()).forEach((kind, n) -> parts.add(n.text() + ' ' + kind));
    return parts.isEmpty() ? "none" : String.join(", ", parts);
  }
}
