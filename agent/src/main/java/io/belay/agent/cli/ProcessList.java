package io.belay.agent.cli;

import io.belay.agent.cli.Terminal.Colour;
import io.belay.agent.log.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** {@code ps}: the JVMs of this user that have Belay in them. All are asked at the same time. */
final class ProcessList {
  private static final int AT_ONCE = 16;

  private record Row(Jvm.Listed jvm, String version, Node about, long live, String problem) {
    boolean hasBelay() {
      return !version.isEmpty();
    }
  }

  private final Terminal terminal;
  private final boolean json;
  private final Patience patience;

  ProcessList(Terminal terminal, boolean json, Patience patience) {
    this.terminal = terminal;
    this.json = json;
    this.patience = patience;
  }

  int run() {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            AT_ONCE,
            task -> {
              Thread thread = new Thread(task, "belay-cli-ps");
              thread.setDaemon(true);
              return thread;
            });
    List<CompletableFuture<Row>> asked = new ArrayList<>();
    for (Jvm.Listed jvm : Jvm.all()) {
      asked.add(CompletableFuture.supplyAsync(() -> ask(jvm), threads));
    }
    List<Row> rows = asked.stream().map(CompletableFuture::join).toList();
    if (json) {
      terminal.print(json(rows));
    } else {
      print(rows);
    }
    rows.stream()
        .filter(row -> !row.problem.isEmpty())
        .forEach(row -> terminal.err.println("belay: " + OneLine.of(row.problem)));
    return 0;
  }

  private Row ask(Jvm.Listed jvm) {
    String version = "";
    try {
      new Candidate(jvm.pid()).check();
      Properties properties = new Jvm(jvm.pid(), patience).properties();
      version = Jvm.version(properties);
      if (version.isEmpty()) {
        return new Row(jvm, "", Node.read("{}"), 0, "");
      }
      try (Line line = Line.to(jvm.pid(), properties, patience)) {
        Node about = Node.read(line.get("/about"));
        int live = Node.read(line.get("/runs?status=running,stopping")).all().size();
        return new Row(jvm, version, about, live - 1, "");
      }
    } catch (Failure failure) {
      return new Row(jvm, version, Node.read("{}"), 0, String.valueOf(failure.getMessage()));
    }
  }

  private void print(List<Row> rows) {
    Table table =
        new Table(">PID", "BELAY", "JAVA", "MODE", ">RUNS", ">SINCE", "CONTROL PLANE", "COMMAND");
    for (Row row : rows) {
      if (row.hasBelay()) {
        String plane = row.about.text("controlPlane");
        table.add(
            Colour.PLAIN,
            Long.toString(row.jvm.pid()),
            row.version,
            row.about.text("java"),
            row.about.text("mode"),
            row.problem.isEmpty() ? Long.toString(row.live) : "?",
            Say.since(row.about.time("since")),
            plane.isEmpty() ? row.problem.isEmpty() ? "off" : "?" : plane,
            row.jvm.command());
      }
    }
    if (table.isEmpty()) {
      terminal.print("No JVM of yours has Belay in it.");
    } else {
      terminal.print(table.draw(terminal, terminal.width()));
    }
    List<String> without = new ArrayList<>();
    for (Row row : rows) {
      if (row.problem.isEmpty() && !row.hasBelay()) {
        without.add(row.jvm.pid() + " " + Table.cut(OneLine.of(row.jvm.command()), 40));
      }
    }
    if (!without.isEmpty()) {
      terminal.print(terminal.paint(Colour.GRAY, "Without Belay: " + String.join(", ", without)));
    }
  }

  private static String json(List<Row> rows) {
    return JsonText.array(
        rows.stream()
            .filter(Row::hasBelay)
            .map(
                row ->
                    JsonText.object()
                        .number("pid", row.jvm.pid())
                        .text("version", row.version)
                        .text("java", row.about.text("java"))
                        .text("mode", row.about.text("mode"))
                        .number("runs", row.live)
                        .text("since", row.about.text("since"))
                        .text("controlPlane", row.about.text("controlPlane"))
                        .text("command", row.jvm.command())
                        .raw(
                            "problem",
                            row.problem.isEmpty() ? "null" : JsonText.string(row.problem))
                        .end())
            .toList());
  }
}
