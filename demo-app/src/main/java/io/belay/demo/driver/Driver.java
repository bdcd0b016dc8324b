package io.belay.demo.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells the same story without and with Belay, and prints what happened after Stop in each. */
public final class Driver {
  private static final int TOKENS_PER_SECOND = 40;

  private final boolean asJson;
  private final boolean keepLogs;
  private final boolean without;
  private final boolean with;
  private final Progress progress;

  private Driver(List<String> arguments) {
    List<String> rest = new ArrayList<>(arguments);
    this.asJson = rest.remove("--json");
    this.keepLogs = rest.remove("--keep-logs");
    int only = rest.indexOf("--only");
    String which = only >= 0 && only + 1 < rest.size() ? rest.get(only + 1) : "";
    if (only >= 0) {
      rest.subList(only, Math.min(only + 2, rest.size())).clear();
    }
    if (!rest.isEmpty() || (only >= 0 && !which.equals("with") && !which.equals("without"))) {
      throw new IllegalArgumentException(String.join(" ", arguments));
    }
    this.without = !which.equals("with");
    this.with = !which.equals("without");
    this.progress = new Progress(asJson ? System.err : System.out);
  }

  /**
   * Runs the driver.
   *
   * @return the exit status: 0, 1 if something could not be started or stopped, 2 for arguments
   *     that are not understood
   */
  public static int run(List<String> arguments) {
    Driver driver;
    try {
      driver = new Driver(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("not understood: " + e.getMessage() + " (--help shows what is)");
      return 2;
    }
    try {
      return driver.tell();
    } catch (CannotStart e) {
      System.err.println("belay-demo: " + e.getMessage());
    } catch (IOException | SQLException e) {
      System.err.println("belay-demo: the story broke off: " + e);
    }
    return 1;
  }

  private int tell() throws IOException, SQLException {
    Optional<ControlPlane> belay = with ? Optional.of(ControlPlane.find()) : Optional.empty();
    Path logs = Files.createTempDirectory("belay-demo-");
    if (keepLogs) {
      progress.heading("The logs of the processes go to " + logs);
    } else {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(logs), "delete-logs"));
    }
    List<Story.Ending> endings = new ArrayList<>();
    if (without) {
      progress.heading("Without Belay, Stop is the application's own cancel");
      endings.add(story(logs, Optional.empty()).tell());
    }
    if (with) {
      progress.heading("With -javaagent:belay.jar, Stop is Belay's");
      endings.add(story(logs, belay).tell());
    }
    if (asJson) {
      printJson(endings);
    } else {
      printText(endings);
    }
    JsonNode report = endings.get(endings.size() - 1).stopReport();
    if (with && !report.path("stop").isObject()) {
      System.err.println("belay-demo: Belay gave no stop report (--keep-logs keeps the logs)");
      return 1;
    }
    return 0;
  }

  private Story story(Path logs, Optional<ControlPlane> belay) {
    return new Story(progress, logs, belay, TOKENS_PER_SECOND);
  }

  private static void printJson(List<Story.Ending> endings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (Story.Ending ending : endings) {
      ObjectNode story = ending.numbers().toJson();
      if (!ending.stopReport().isMissingNode()) {
        story.set("stopReport", ending.stopReport());
      }
      json.set(ending.name().replace(" ", ""), story);
    }
    System.out.println(json.toPrettyString());
  }

  private static void printText(List<Story.Ending> endings) {
    System.out.println();
    System.out.print(Table.of(endings));
    JsonNode report = endings.get(endings.size() - 1).stopReport();
    if (!report.isMissingNode()) {
      System.out.println();
      System.out.println("Belay's stop report");
      System.out.print(ReportText.of(report));
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      System.err.println("belay-demo: " + directory + " could not be deleted: " + e);
    }
  }
}
