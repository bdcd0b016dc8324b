package io.belay.it.handoff;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.util.Map;

/** The forked JVM: goes through all cells and says of each what came of it. */
final class CellsMain {
  private static final Map<String, Cells.Cell> CONTROL = Map.of("control", Cells::control);

  private CellsMain() {}

  public static void main(String[] arguments) throws IOException {
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {});
    String only = arguments.length > 1 ? arguments[1] : "";
    Outside.begin();
    if (arguments[0].equals("jobs")) {
      JobShapes.all().forEach((name, shape) -> say("jobs", name, shape::call));
      end();
    }
    if (arguments[0].startsWith("results")) {
      Map<String, ResultShapes.Kind> kinds = compiledApart("Results");
      (arguments[0].equals("results") ? ResultShapes.all(kinds) : ResultShapes.control(kinds))
          .forEach((name, shape) -> say("results", name, shape::call));
      end();
    }
    if (arguments[0].startsWith("runtimes")) {
      cross(
          CellsMain.<HandOffs.Maker>compiledApart("Runtimes"),
          arguments[0].equals("runtimes") ? Cells.all() : CONTROL,
          only);
      end();
    }
    if (arguments[0].equals("unstopped")) {
      cross(HandOffs.all(), Cells.unstopped(), only);
      end();
    }
    boolean agent = !arguments[0].equals("control");
    cross(HandOffs.all(), agent ? Cells.all() : CONTROL, only);
    if (agent && "shapes".contains(only)) {
      Shapes.all().forEach((name, shape) -> say("shapes", name, shape::call));
    }
    if (System.getProperty("belay.http.port") != null) {
      WovenSites.all().forEach((name, place) -> say("woven", name, place::call));
    }
    if (!agent) {
      say("jobs", "control", JobShapes::control);
      say("shapes", "control", LibraryShapes::control);
    }
    end();
  }

  private static void cross(
      Map<String, HandOffs.Maker> handOffs, Map<String, Cells.Cell> cells, String only) {
    for (Map.Entry<String, HandOffs.Maker> handOff : handOffs.entrySet()) {
      if (handOff.getKey().contains(only)) {
        cells.forEach((name, cell) -> check(handOff.getKey(), handOff.getValue(), name, cell));
      }
    }
  }

  /** They are compiled against each set of libraries, so they are not known here. */
  @SuppressWarnings("unchecked") // it is declared so there
  private static <T> Map<String, T> compiledApart(String name) {
    try {
      Method all = Class.forName("io.belay.it.handoff." + name).getDeclaredMethod("all");
      all.setAccessible(true);
      return (Map<String, T>) all.invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void end() {
    System.out.println("end");
    Runtime.getRuntime().halt(0);
  }

  private static void check(String handOff, HandOffs.Maker maker, String name, Cells.Cell cell) {
    say(
        handOff,
        name,
        () -> {
          try (HandOff made = maker.make()) {
            return cell.check(made);
          }
        });
  }

  private interface Question {
    String ask() throws Exception;
  }

  private static void say(String handOff, String cell, Question question) {
    String answer;
    try {
      String reason = question.ask();
      answer = reason == null ? "holds" : "does not apply: " + reason;
    } catch (Throwable failed) {
      StringWriter trace = new StringWriter();
      failed.printStackTrace(new PrintWriter(trace));
      answer = "FAILED " + trace.toString().replace('\n', '|');
    }
    System.out.println(String.join("\t", "cell", handOff, cell, answer));
  }
}
