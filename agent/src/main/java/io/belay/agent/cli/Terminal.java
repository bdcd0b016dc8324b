package io.belay.agent.cli;

import io.belay.agent.log.OneLine;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where the command line prints to, and what that can do: colours unless {@code NO_COLOR} is set
 * (no-color.org), redrawing only where a person looks.
 */
final class Terminal {
  /** How something is shown. Only what has failed is red; what was stopped is not wrong. */
  enum Colour {
    PLAIN(""),
    BOLD("1"),
    GREEN("32"),
    YELLOW("33"),
    GRAY("90"),
    RED("31");

    private final String code;

    Colour(String code) {
      this.code = code;
    }
  }

  private static final int USUAL_WIDTH = 120;
  private static final int USUAL_HEIGHT = 40;

  /** What goes into a file or another program is not cut. */
  private static final int ENDLESS = 1 << 20;

  final PrintStream out;
  final PrintStream err;
  final boolean live;
  private final boolean colours;

  private Terminal(PrintStream out, PrintStream err, boolean live, boolean colours) {
    this.out = out;
    this.err = err;
    this.live = live;
    this.colours = colours;
  }

  static Terminal system() {
    boolean live = isTerminal(System.console()) && !"dumb".equals(System.getenv("TERM"));
    String no = System.getenv("NO_COLOR");
    return new Terminal(System.out, System.err, live, live && (no == null || no.isEmpty()));
  }

  /** From Java 22 on there is a console without a terminal, too. */
  private static boolean isTerminal(@Nullable Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException before22) {
      return true;
    }
  }

  String paint(Colour colour, String text) {
    return colours && !colour.code.isEmpty() && !text.isBlank()
        ? "\u001b[" + colour.code + 'm' + text + "\u001b[0m"
        : text;
  }

  /** Prints it, or ends the command when nobody reads any more, as behind {@code | head}. */
  void print(String text) {
    out.print(OneLine.visible(text.endsWith("\n") ? text : text + "\n"));
    if (out.checkError()) {
      throw new Failure(Failure.FAILED, "standard output is closed");
    }
  }

  /** How much there is to be seen at once. */
  record Size(int height, int width) {}

  /** Columns; endless where nobody looks. */
  int width() {
    return size().width();
  }

  /** Asked anew each time, since windows change. */
  Size size() {
    if (!live) {
      return new Size(USUAL_HEIGHT, ENDLESS);
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size").redirectInput(ProcessBuilder.Redirect.INHERIT).start();
      String[] size =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
              .strip()
              .split(" ");
      if (stty.waitFor(1, TimeUnit.SECONDS) && size.length == 2) {
        int height = Integer.parseInt(size[0]);
        int width = Integer.parseInt(size[1]);
        if (height > 0 && width > 0) {
          return new Size(height, width);
        }
      }
    } catch (IOException | NumberFormatException elsewhere) {
      // There is no stty: the usual size it is.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Size(USUAL_HEIGHT, USUAL_WIDTH);
  }
}
