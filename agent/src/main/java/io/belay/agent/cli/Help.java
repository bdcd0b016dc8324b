package io.belay.agent.cli;

import java.util.List;

/** What the command line says about itself. */
final class Help {
  private static final String PROGRAM = "java -jar belay.jar";
  private static final int WIDTH = 78;

  /**
   * A command.
   *
   * @param synopsis its operands and options, as they are typed
   * @param options the options it has; those with a value end with {@code =}
   */
  record Command(String name, String synopsis, String summary, List<String> options, String more) {
    Failure misused(String why) {
      return new Failure(
          Failure.USAGE, name + ": " + why + "; usage: " + PROGRAM + ' ' + usage().strip());
    }

    String usage() {
      return (name + ' ' + synopsis).strip();
    }
  }

  static final List<Command> COMMANDS =
      List.of(
          new Command(
              "ps",
              "[--timeout SECONDS] [--json]",
              "the JVMs of yours that have Belay in them",
              List.of("--json", "--timeout="),
              ""),
          new Command(
              "attach",
              "PID [key=value ...] [--force] [--timeout SECONDS] [--json]",
              "puts Belay into a JVM that runs, or changes its settings there",
              List.of("--force", "--json", "--timeout="),
              """
              Settings are those of CONFIGURATION.md, with or without the prefix "belay.".
              Attached once more, log.level and http.* change; all else says that it cannot.
              enabled=false takes Belay out again: classes are restored, threads end. While a run
              is still stopping it does not, since that would go on: only with --force.

              A JVM of Java 21 or later warns on its standard error that an agent was loaded,
              unless it was started with -XX:+EnableDynamicAgentLoading.
              """),
          new Command(
              "runs",
              "PID [--timeout SECONDS] [--json]",
              "the runs of a JVM as a tree: status, use, what is in flight",
              List.of("--json", "--timeout="),
              ""),
          new Command(
              "watch",
              "PID [--timeout SECONDS] [--json]",
              "the same, live; without a terminal a line for each run that has changed",
              List.of("--json", "--timeout="),
              "Ends with Ctrl-C or with the JVM. With --json each line is a run that changed.\n"),
          new Command(
              "stop",
              "PID RUN_ID|--all [--reason TEXT] [--force] [--dry-run] [--wait SECONDS]"
                  + " [--timeout SECONDS] [--json]",
              "stops a run and all below it, and tells what became of it",
              List.of(
                  "--all", "--reason=", "--force", "--dry-run", "--wait=", "--json", "--timeout="),
              """
              --all      stops the root run, jvm: all runs and the JVM's own work
              --reason   a text for the report
              --force    ends all grace periods, also of a stop that is under way
              --dry-run  tells what would be stopped, and stops nothing

              --wait     how long to wait for all to be quiet, 5 seconds unless given; it says
                         what it waits for
              """),
          new Command(
              "report",
              "PID RUN_ID [--timeout SECONDS] [--json]",
              "what a stop did: refused, aborted, finished, unknown",
              List.of("--json", "--timeout="),
              ""),
          new Command(
              "doctor",
              "PID [--timeout SECONDS] [--json]",
              "what is woven, what is not and why, what does not work here",
              List.of("--json", "--timeout="),
              ""));

  private static final String COMMON =
      """
      --json     prints the documents of the HTTP control plane; a failure is
                 {"error":{"message","exitStatus"}} then, beside the line on
                 standard error
      --timeout  how long the JVM may take to answer, 5 seconds unless given;
                 30 for attach, which weaves classes

      """;

  private static final String STATUSES =
      """
      Exit status:
        0  it was done
        1  it could not be done; the message says why
        2  the command line cannot be understood
        3  not confirmed: the JVM did not answer, so it may have been done or not
        4  stopped: nothing begins any more, but something is still at work
      """;

  private Help() {}

  static String all() {
    StringBuilder text = new StringBuilder("Usage: ").append(PROGRAM).append(" COMMAND\n\n");
    text.append("Stops, watches and explains runs of AI agents in JVMs on this machine.\n\n");
    for (Command command : COMMANDS) {
      text.append("  ").append(folded(command.usage())).append("\n      ");
      text.append(command.summary()).append('\n');
    }
    text.append("\n  COMMAND --help, --version\n\n").append(COMMON).append(STATUSES);
    text.append("\nAs an agent: java -javaagent:belay.jar -jar your-app.jar\n");
    return text.toString();
  }

  static String of(Command command) {
    return folded("Usage: " + PROGRAM + ' ' + command.usage())
        + "\n\n"
        + Character.toUpperCase(command.summary().charAt(0))
        + command.summary().substring(1)
        + ".\n"
        + (command.more().isEmpty() ? "" : "\n" + command.more())
        + '\n'
        + COMMON
        + STATUSES;
  }

  private static String folded(String usage) {
    return Table.folded(usage, " (?=\\[)", WIDTH);
  }

  static Command command(String name) {
    for (Command command : COMMANDS) {
      if (command.name().equals(name)) {
        return command;
      }
    }
    List<String> names = COMMANDS.stream().map(Command::name).toList();
    throw new Failure(
        Failure.USAGE,
        "there is no command '" + name + "'; there are: " + String.join(", ", names));
  }
}
