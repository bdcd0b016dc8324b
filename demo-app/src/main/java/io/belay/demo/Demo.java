package io.belay.demo;

import io.belay.demo.driver.Driver;
import io.belay.demo.provider.Provider;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The entry point of the jar: the driver, or one of the two processes that it starts. */
public final class Demo {
  private static final String HELP =
      """
      java -jar belay-demo.jar [options]      tells one story twice, without and with Belay
          --only without|with                 tells it once
          --json                              prints the numbers as JSON, the progress on stderr
          --keep-logs                         keeps what the processes wrote to stderr
          -Dbelay.jar=FILE                    Belay, if it is not where its build puts it
          -Ddemo.jdbc.url=URL                 PostgreSQL, say, instead of H2
      java -jar belay-demo.jar app            the research assistant, a web service
          -Ddemo.port=8080  -Ddemo.llm.url=http://127.0.0.1:9090/v1  -Ddemo.llm.key=KEY
          -Ddemo.llm.model=gpt-4.1  -Ddemo.tools.url=http://127.0.0.1:9090
          -Ddemo.jdbc.url=jdbc:h2:mem:research
      java -jar belay-demo.jar provider       its language model and its tools
          -Ddemo.port=9090  -Ddemo.tokens-per-second=40
      System properties (-D) go before -jar. curl -d '{"question":"..."}' localhost:8080/research
      """;

  private Demo() {}

  public static void main(String[] args) {
    List<String> words = Arrays.asList(args);
    String command = words.isEmpty() || words.get(0).startsWith("-") ? "" : words.get(0);
    if (words.contains("--help") || words.contains("-h")) {
      System.out.print(HELP);
    } else if (words.equals(List.of("app")) || words.equals(List.of("provider"))) {
      serve(command);
    } else if (command.isEmpty()) {
      System.exit(Driver.run(words));
    } else {
      System.err.println("not understood: " + String.join(" ", words));
      System.err.print(HELP);
      System.exit(2);
    }
  }

  private static void serve(String command) {
    endWithParent();
    try {
      String url =
          command.equals("app")
              ? ResearchService.start(Settings.fromSystemProperties())
              : Provider.start(
                      Integer.getInteger("demo.port", 9090),
                      Integer.getInteger("demo.tokens-per-second", 40))
                  .url();
      System.out.println("the " + command + " is listening on " + url);
    } catch (IOException | RuntimeException e) {
      System.err.println("the " + command + " could not start (-Ddemo.port=N, --help): " + e);
      System.exit(1);
    }
  }

  /** A process that the driver started must not outlive it, however the driver ended. */
  private static void endWithParent() {
    if (Boolean.getBoolean("demo.end-with-parent")) {
      ProcessHandle driver = ProcessHandle.current().parent().orElseThrow();
      Thread watch =
          new Thread(
              () -> {
                driver.onExit().join();
                Runtime.getRuntime().halt(0);
              },
              "end-with-parent");
      watch.setDaemon(true);
      watch.start();
    }
  }
}
