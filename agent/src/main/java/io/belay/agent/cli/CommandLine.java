package io.belay.agent.cli;

import io.belay.agent.log.OneLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands of {@code java -jar belay.jar}. */
public final class CommandLine {
  private static final String UNPACKAGED = "(unpackaged)";

  private CommandLine() {}

  /**
   * Carries a command out.
   *
   * @return the exit status; see {@link Help}
   */
  public static int run(String[] arguments) {
    Terminal terminal = Terminal.system();
    try {
      return run(terminal, List.of(arguments));
    } catch (Failure failure) {
      return tell(terminal, arguments, failure);
    } catch (RuntimeException fault) {
      return tell(
          terminal, arguments, new Failure(Failure.FAILED, "a fault of this command: " + fault));
    }
  }

  /** For people on standard error, and for the program that asked for JSON where it reads. */
  private static int tell(Terminal terminal, String[] arguments, Failure failure) {
    String why = OneLine.of(String.valueOf(failure.getMessage()));
    terminal.err.println("belay: " + why);
    if (Words.wantJson(List.of(arguments))) {
      JsonText error =
          JsonText.object().text("message", why).number("exitStatus", failure.status());
      terminal.out.println(JsonText.object().raw("error", error.end()).end());
    }
    return failure.status();
  }

  private static int run(Terminal terminal, List<String> words) {
    if (words.isEmpty()) {
      terminal.err.print(Help.all());
      return Failure.USAGE;
    }
    String first = words.get(0);
    if (first.equals("--version") || first.equals("-V")) {
      terminal.print("belay " + version());
      return 0;
    }
    if (first.equals("--help") || first.equals("-h") || first.equals("help")) {
      terminal.print(words.size() > 1 ? Help.of(Help.command(words.get(1))) : Help.all());
      return 0;
    }
    Help.Command command = Help.command(first);
    List<String> rest = words.subList(1, words.size());
    if (rest.contains("--help") || rest.contains("-h")) {
      terminal.print(Help.of(command));
      return 0;
    }
    Words given = new Words(command, rest);
    if (ModuleLayer.boot().findModule("jdk.attach").isEmpty()) {
      throw new Failure(
          Failure.FAILED,
          "this Java runtime ("
              + System.getProperty("java.home")
              + ") lacks the module jdk.attach; run belay.jar with a JDK");
    }
    return run(terminal, command, given);
  }

  private static int run(Terminal terminal, Help.Command command, Words words) {
    List<String> operands = words.operands();
    int least = command.name().equals("ps") ? 0 : 1;
    int most =
        switch (command.name()) {
          case "ps" -> 0;
          case "attach" -> Integer.MAX_VALUE;
          case "stop" -> words.has("--all") ? 1 : 2;
          case "report" -> 2;
          default -> 1;
        };
    if (most == 2) {
      least = 2;
    }
    if (operands.size() < least) {
      throw command.misused(operands.isEmpty() ? "name a PID" : "name a run");
    }
    if (operands.size() > most) {
      throw command.misused("'" + operands.get(most) + "' is one too many");
    }
    boolean json = words.has("--json");
    Patience patience = patience(command, words, "--timeout");
    @Nullable Candidate jvm = operands.isEmpty() ? null : Candidate.of(operands.get(0));
    if (jvm == null) {
      return new ProcessList(terminal, json, patience).run();
    }
    if (command.name().equals("attach")) {
      return new Attaching(terminal, json, words.has("--force"), patience)
          .run(jvm, operands.subList(1, operands.size()));
    }
    if (command.name().equals("watch")) {
      return new Watching(terminal, json, patience).run(jvm);
    }
    try (Line line = Line.to(jvm, patience)) {
      return switch (command.name()) {
        case "runs" -> RunTable.print(terminal, line.get("/runs"), json);
        case "stop" ->
            new StopRequest(terminal, line, words, jvm.pid(), patience(command, words, "--wait"))
                .run();
        case "report" ->
            Report.print(
                terminal, line.get(Line.run(operands.get(1), "/report")), json, line.observes());
        default -> Doctor.print(terminal, line, json);
      };
    }
  }

  private static Patience patience(Help.Command command, Words words, String option) {
    String usual =
        command.name().equals("attach") ? Patience.SECONDS_TO_ATTACH : Patience.USUAL_SECONDS;
    return Patience.of(command, option, words.value(option, usual));
  }

  static String version() {
    @Nullable String version = CommandLine.class.getPackage().getImplementationVersion();
    return version == null ? UNPACKAGED : version;
  }
}
