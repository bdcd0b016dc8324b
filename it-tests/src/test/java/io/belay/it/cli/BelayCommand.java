package io.belay.it.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belay.it.harness.Jdk;
import io.belay.it.harness.Program;
import io.belay.it.harness.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code java -jar belay.jar}, as anybody would type it, on another JDK than the JVM that it speaks
 * to if there are two. Its output is a file, so there is no terminal.
 */
public record BelayCommand(Jdk jdk) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** For JVMs of that setting. */
  public static BelayCommand on(Setting target) {
    return new BelayCommand(
        Jdk.ALL.stream().filter(jdk -> !jdk.equals(target.jdk())).findFirst().orElse(target.jdk()));
  }

  /** The command line of it. */
  public List<String> command(Object... words) {
    List<String> command = new ArrayList<>();
    command.add(jdk.program("java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-jar"));
    command.add(Setting.belayJar().toString());
    for (Object word : words) {
      command.add(word.toString());
    }
    if (words.length > 1 && !command.contains("--help") && !command.contains("--timeout")) {
      command.addAll(List.of("--timeout", "90")); // A loaded machine is no failure.
      if (words[0].equals("stop") && !command.contains("--wait")) {
        command.addAll(List.of("--wait", "60"));
      }
    }
    return command;
  }

  /** Runs it to its end. */
  public Program.Ended run(Object... words) {
    return Program.run(command(words));
  }

  /** What it prints when it succeeds. */
  public String text(Object... words) {
    Program.Ended ended = run(words);
    if (ended.status() != 0) {
      throw new AssertionError(command(words) + ": " + ended);
    }
    return String.join("\n", ended.stdout());
  }

  /** The document that it prints. */
  public JsonNode json(Object... words) {
    String text = text(words);
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }
}
