package io.belay.agent.cli;

import io.belay.agent.cli.Terminal.Colour;
import io.belay.agent.control.LocalCaller;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * {@code watch}: the runs of a JVM as they are now, drawn anew twice a second; where nobody looks
 * at a terminal, a line for each change. Ends with the JVM.
 */
final class Watching {
  private static final long EVERY_MILLIS = 500;
  private static final String OTHER_SCREEN = "\u001b[?1049h\u001b[?25l";
  private static final String OWN_SCREEN = "\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String REST_OF_LINE = "\u001b[K";
  private static final String REST_OF_SCREEN = "\u001b[J";

  private final Terminal terminal;
  private final boolean json;
  private final Patience patience;
  private final Map<String, String> seen = new HashMap<>();
  private String last = "";

  Watching(Terminal terminal, boolean json, Patience patience) {
    this.terminal = terminal;
    this.json = json;
    this.patience = patience;
  }

  int run(Candidate jvm) {
    try (Line line = Line.to(jvm, patience)) {
      boolean draws = terminal.live && !json;
      if (draws) {
        terminal.out.print(OTHER_SCREEN);
        Runtime.getRuntime().addShutdownHook(new Thread(this::leave, "belay-cli-screen"));
      }
      while (Candidate.isAlive(jvm.pid())) {
        LocalCaller.Reply reply = line.call("GET", "/runs", "");
        List<Node> runs = Node.read(reply.body()).all();
        if (draws) {
          draw(jvm, runs);
        } else {
          tell(runs);
        }
        Thread.sleep(EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      return Failure.NOT_CONFIRMED;
    } catch (Failure failure) {
      if (Candidate.isAlive(jvm.pid())) {
        throw failure;
      }
    }
    last += "JVM " + jvm.pid() + " has ended.\n";
    if (!terminal.live) {
      terminal.err.println("belay: JVM " + jvm.pid() + " has ended");
    }
    return 0;
  }

  /** What was seen last stays on the screen. */
  private void leave() {
    terminal.out.print(OWN_SCREEN + last);
    terminal.out.flush();
  }

  private void draw(Candidate jvm, List<Node> runs) {
    Terminal.Size size = terminal.size();
    int height = size.height();
    long live = runs.stream().filter(run -> !RunTable.isOver(run)).count();
    String head =
        "JVM "
            + jvm.pid()
            + "  "
            + Say.count(live - 1, "live run", "live runs")
            + "  "
            + LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS)
            + "  (Ctrl-C ends)";
    int room = Math.max(height - 5 - (int) live, 3);
    String table =
        new RunTable(runs, Math.min(room, RunTable.MOST_ENDED)).draw(terminal, size.width());
    last = terminal.paint(Colour.BOLD, Table.cut(head, size.width())) + "\n\n" + table;
    StringBuilder screen = new StringBuilder(HOME);
    last.lines()
        .limit(Math.max(height - 1L, 1))
        .forEach(l -> screen.append(l).append(REST_OF_LINE + "\r\n"));
    terminal.out.print(screen.append(REST_OF_SCREEN));
    terminal.out.flush();
  }

  private void tell(List<Node> runs) {
    for (Node run : runs) {
      String id = run.text("id");
      String now = RunTable.status(run);
      String flight = RunTable.isOver(run) ? "" : flight(run);
      String shape = now + '\n' + flight;
      String before = seen.put(id, shape);
      boolean first = before == null && last.isEmpty();
      if (!shape.equals(before) && !(first && RunTable.isOver(run))) {
        tell(run, before == null ? "" : before.substring(0, before.indexOf('\n')), now, flight);
      }
    }
    last = "\n";
  }

  private void tell(Node run, String before, String now, String flight) {
    if (json) {
      terminal.print(run.json());
      return;
    }
    String status = before.isEmpty() || Objects.equals(before, now) ? now : before + " -> " + now;
    terminal.print(
        LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS)
            + "  "
            + run.text("id")
            + "  "
            + status
            + (flight.isEmpty() ? "" : "  " + flight));
  }

  private static String flight(Node run) {
    List<Node> calls = run.all("inFlight");
    return calls.isEmpty()
        ? ""
        : calls.get(0).text("kind")
            + ' '
            + calls.get(0).text("target")
            + (calls.size() == 1 ? "" : " and " + (calls.size() - 1) + " more");
  }
}
