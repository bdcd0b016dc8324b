package io.belay.agent.cli;

import io.belay.agent.cli.Terminal.Colour;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** {@code doctor}: what is woven, what is not and why, and what does not work in that JVM. */
final class Doctor {
  private static final class Sums {
    final TreeSet<String> versions = new TreeSet<>();
    long woven;
    long hits;
  }

  private Doctor() {}

  static int print(Terminal terminal, Line line, boolean json) {
    String about = line.get("/about");
    String coverage = line.get("/coverage");
    if (json) {
      terminal.print(JsonText.object().raw("about", about).raw("coverage", coverage).end());
      return 0;
    }
    Node told = Node.read(about);
    terminal.print(
        terminal.paint(
            Colour.BOLD,
            folded(
                terminal,
                "Belay "
                    + told.text("version")
                    + " in Java "
                    + told.text("java")
                    + ", attached "
                    + told.text("attached")
                    + ' '
                    + Say.since(told.time("since"))
                    + " ago, mode "
                    + told.text("mode"))));
    for (Node finding : told.all("findings")) {
      boolean good = finding.get("good").isTrue();
      terminal.print(
          terminal.paint(good ? Colour.GREEN : Colour.YELLOW, good ? "  ok  " : "  !   ")
              + folded(terminal, finding.text("topic") + ": " + finding.text("text")));
    }
    woven(terminal, Node.read(coverage));
    return 0;
  }

  private static void woven(Terminal terminal, Node coverage) {
    Map<String, Sums> boundaries = new LinkedHashMap<>();
    for (Node row : coverage.all("covered")) {
      Sums sums = boundaries.computeIfAbsent(row.text("boundary"), name -> new Sums());
      sums.woven += row.number("woven");
      sums.hits += row.number("hits");
      if (!row.text("library").isEmpty()) {
        sums.versions.add(row.text("library") + ' ' + row.text("version"));
      }
    }
    Table table = new Table("BOUNDARY", ">METHODS", ">HITS", "LIBRARY");
    List<String> idle = new ArrayList<>();
    boundaries.forEach(
        (name, sums) -> {
          if (sums.woven > 0) {
            table.add(
                Colour.PLAIN,
                name,
                Say.count(sums.woven),
                Say.count(sums.hits),
                String.join(", ", sums.versions));
          } else {
            idle.add(name);
          }
        });
    if (!table.isEmpty()) {
      terminal.print("\n" + table.draw(terminal, terminal.width()));
    }
    if (!idle.isEmpty()) {
      terminal.print(
          terminal.paint(
              Colour.GRAY, folded(terminal, "Not loaded here: " + String.join(", ", idle))));
    }
    for (Node missed : coverage.all("missed")) {
      terminal.print(
          terminal.paint(Colour.YELLOW, "  !   ")
              + folded(
                  terminal,
                  (missed.text("library") + ' ' + missed.text("version")).strip()
                      + ": "
                      + missed.text("why")));
    }
  }

  /** As wide as the terminal, behind a mark of six. */
  private static String folded(Terminal terminal, String text) {
    return Table.folded(text, " ", terminal.width() - 6);
  }
}
