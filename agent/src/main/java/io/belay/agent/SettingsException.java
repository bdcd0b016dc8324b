package io.belay.agent;

import java.util.List;

/**
 * The settings cannot be used: the JVM must not start without a limit that was asked for. The
 * message is one line, ready for standard error, and never holds a secret.
 */
final class SettingsException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong, one line each: the first is spelled out in the message, the others counted. */
  private final transient List<String> problems;

  SettingsException(List<String> problems) {
    super(line(problems), null, false, false);
    this.problems = List.copyOf(problems);
  }

  List<String> problems() {
    return problems;
  }

  private static String line(List<String> problems) {
    int more = problems.size() - 1;
    if (more == 0) {
      return problems.get(0);
    }
    StringBuilder out = new StringBuilder(problems.get(0));
    out.append(" (and ").append(more).append(more == 1 ? " more problem: " : " more problems: ");
    for (int i = 1; i <= more; i++) {
      String problem = problems.get(i);
      int end = problem.indexOf(": ");
      out.append(i == 1 ? "" : ", ").append(end < 0 ? problem : problem.substring(0, end));
    }
    return out.append(')').toString();
  }
}
