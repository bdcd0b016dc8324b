package io.belay.demo.driver;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The numbers of the stories side by side. */
final class Table {
  private Table() {}

  /** Formats the table, with a column for each story. */
  static String of(List<Story.Ending> endings) {
    List<AfterStop> stories = endings.stream().map(Story.Ending::numbers).toList();
    StringBuilder table = new StringBuilder();
    table.append(line("", endings.stream().map(Story.Ending::name).toList()));
    row(table, "tokens generated after Stop", stories, s -> "" + s.tokens());
    row(table, "LLM requests after Stop", stories, s -> "" + s.llmRequests());
    row(table, "HTTP requests after Stop", stories, s -> "" + s.httpRequests());
    row(table, "rows committed after Stop", stories, s -> "" + s.rows());
    row(
        table,
        "sub-agents that ran to completion",
        stories,
        s -> s.completed() + " of " + s.subAgents());
    row(table, "time until quiet", stories, Table::quiet);
    row(
        table,
        "dollars spent after Stop",
        stories,
        s -> String.format(Locale.ROOT, "$%.6f", s.usd()));
    return table.toString();
  }

  private static String quiet(AfterStop story) {
    String seconds = String.format(Locale.ROOT, "%.2f s", story.quietMillis() / 1000.0);
    return story.wentQuiet() ? seconds : "> " + seconds;
  }

  private static void row(
      StringBuilder table,
      String label,
      List<AfterStop> stories,
      Function<AfterStop, String> cell) {
    table.append(line(label, stories.stream().map(cell).toList()));
  }

  private static String line(String label, List<String> cells) {
    StringBuilder line = new StringBuilder(String.format("%-34s", label));
    cells.forEach(cell -> line.append(String.format("%16s", cell)));
    return line.append(System.lineSeparator()).toString();
  }
}
