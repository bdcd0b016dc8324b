package io.belay.agent.cli;

import io.belay.agent.cli.Terminal.Colour;
import io.belay.agent.log.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows of cells under one another, two spaces apart. No line is longer than there is room for: what
 * is too long loses its middle, in the last column first, then in the longest that are no numbers.
 */
final class Table {
  private record Row(Colour colour, List<String> cells) {}

  private static final int LEAST_OF_LAST = 20;
  private static final int LEAST = 12;
  private static final String INDENT = "    ";

  private final List<String> heads;
  private final List<Row> rows = new ArrayList<>();

  /** A head that begins with {@code >} is of a column of numbers. */
  Table(String... heads) {
    this.heads = List.of(heads);
  }

  Table add(Colour colour, String... cells) {
    rows.add(new Row(colour, Stream.of(cells).map(OneLine::of).toList()));
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Leaves out columns in which nothing stands. */
  String draw(Terminal terminal, int width) {
    int columns = heads.size();
    int[] widths = new int[columns];
    int taken = -2;
    for (int i = 0; i < columns; i++) {
      for (Row row : rows) {
        widths[i] = Math.max(widths[i], row.cells.get(i).length());
      }
      widths[i] = widths[i] == 0 ? 0 : Math.max(widths[i], head(i).length());
      taken += widths[i] == 0 ? 0 : widths[i] + 2;
    }
    narrow(widths, taken - width);
    StringBuilder text = new StringBuilder();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      names.add(head(i));
    }
    text.append(terminal.paint(Colour.BOLD, line(names, widths, width))).append('\n');
    for (Row row : rows) {
      text.append(terminal.paint(row.colour, line(row.cells, widths, width))).append('\n');
    }
    return text.toString();
  }

  private void narrow(int[] widths, int tooMuch) {
    int left = tooMuch - take(widths, widths.length - 1, LEAST_OF_LAST, tooMuch);
    while (left > 0) {
      int longest = -1;
      for (int i = 0; i < widths.length; i++) {
        boolean cuttable = !heads.get(i).startsWith(">") && widths[i] > LEAST;
        if (cuttable && (longest < 0 || widths[i] > widths[longest])) {
          longest = i;
        }
      }
      if (longest < 0) {
        return; // The rest is cut off.
      }
      left -= take(widths, longest, LEAST, left);
    }
  }

  /** Makes a column narrower; answers by how much. */
  private static int take(int[] widths, int column, int least, int wanted) {
    int taken = Math.max(0, Math.min(wanted, widths[column] - least));
    widths[column] -= taken;
    return taken;
  }

  private String head(int column) {
    String head = heads.get(column);
    return head.startsWith(">") ? head.substring(1) : head;
  }

  private String line(List<String> cells, int[] widths, int width) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      if (widths[i] > 0) {
        String cell = cut(cells.get(i), widths[i]);
        String pad = " ".repeat(widths[i] - cell.length());
        line.append(line.isEmpty() ? "" : "  ");
        line.append(heads.get(i).startsWith(">") ? pad + cell : cell + pad);
      }
    }
    line.setLength(Math.min(line.length(), width));
    return line.toString().stripTrailing();
  }

  /**
   * In lines no longer than that, broken at some of its spaces.
   *
   * @param spaces where it may be broken, a regular expression
   */
  static String folded(String text, String spaces, int width) {
    StringBuilder out = new StringBuilder();
    int room = width;
    for (String part : text.split(spaces)) {
      boolean fits = part.length() < room;
      out.append(out.isEmpty() ? "" : fits ? " " : "\n" + INDENT).append(part);
      room =
          (fits || out.length() == part.length() ? room : width - INDENT.length())
              - part.length()
              - 1;
    }
    return out.toString();
  }

  /** What is too long loses its middle: both a host and the end of a path tell something. */
  static String cut(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    if (width < 12) {
      return text.substring(0, Math.max(width, 0));
    }
    int end = (width - 3) / 3;
    return text.substring(0, width - 3 - end) + "..." + text.substring(text.length() - end);
  }
}
