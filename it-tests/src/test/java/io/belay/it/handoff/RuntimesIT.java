package io.belay.it.handoff;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.Jdk;
import io.belay.it.harness.Libraries;
import java.io.File;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every hand-off of the runtimes × every cell: the oldest libraries on Java 17, the newest on the
 * newest. The hand-offs are compiled against each set of libraries, so that one source fits both.
 */
final class RuntimesIT {
  private static final Path SOURCES =
      Path.of("src", "runtimes", "java", "io", "belay", "it", "handoff");

  private static final String REQUIRED =
      "belay.require=kotlin-coroutines,scala-future,pekko,guava-future,netty-executor,"
          + "vertx-context";

  @TestFactory
  Stream<DynamicTest> everyRuntimeCarriesItsRunAndLeavesNothing() throws Exception {
    compile("runtimes-oldest");
    compile("runtimes-newest");
    return Stream.concat(
        CellsRun.on(Jdk.ALL.get(0)).libraries("runtimes-oldest").with(REQUIRED).tests("runtimes"),
        CellsRun.on(newest()).libraries("runtimes-newest").with(REQUIRED).tests("runtimes"));
  }

  @TestFactory
  Stream<DynamicTest> withoutTheAgentEveryBodyIsDoneAlthoughItsRunWasStopped() throws Exception {
    compile("runtimes-newest");
    return CellsRun.on(newest())
        .libraries("runtimes-newest")
        .withoutBelay()
        .tests("runtimes-control");
  }

  /** Publishers that an entry point or {@code Belay.run} returns: the run is over when they are. */
  @TestFactory
  Stream<DynamicTest> aRunLastsAsLongAsThePublisherThatItsEntryReturned() throws Exception {
    compile("runtimes-oldest");
    compile("runtimes-newest");
    String entries = "belay.run.entrypoints=" + ResultShapes.ENTRIES;
    return Stream.of(
            CellsRun.on(Jdk.ALL.get(0)).libraries("runtimes-oldest").with(entries).tests("results"),
            CellsRun.on(newest()).libraries("runtimes-newest").with(entries).tests("results"),
            CellsRun.on(newest())
                .libraries("runtimes-newest")
                .withoutBelay()
                .tests("results-control"))
        .flatMap(tests -> tests);
  }

  private static Jdk newest() {
    return Jdk.ALL.get(Jdk.ALL.size() - 1);
  }

  private static void compile(String set) throws Exception {
    Path classes = Path.of("target", "libs", set, "classes").toAbsolutePath();
    Files.createDirectories(classes);
    String classPath =
        Stream.concat(Stream.of(Libraries.testClasses()), Libraries.named(set).stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("--release", "17", "-proc:none", "-d", classes.toString(), "-cp", classPath);
      boolean compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  options,
                  null,
                  files.getJavaFileObjects(
                      SOURCES.resolve("Runtimes.java"), SOURCES.resolve("Results.java")))
              .call();
      assertTrue(compiled, said::toString);
    }
  }
}
