package io.belay.agent.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogTest {
  private final PrintStream err = System.err;
  private final PrintStream out = System.out;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final ByteArrayOutputStream standard = new ByteArrayOutputStream();

  @BeforeEach
  void catchStreams() {
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    System.setOut(new PrintStream(standard, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restoreStreams() {
    System.setErr(err);
    System.setOut(out);
    Log.level(Log.Level.INFO);
    assertEquals("", standard.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aMessageIsOneLineOnStandardError() {
    Log.warn("a\nb\r\tc");
    Log.debug("not shown");
    assertLines("[belay] WARN a b  c");
  }

  @Test
  void whatIsNotSeenIsWrittenOut() {
    Log.warn("run \u202Egpj.exe\u202C \u200B, \u0085 and a plain \u00E9 \uD83D\uDE00");
    assertLines(
        "[belay] WARN run \\u202egpj.exe\\u202c \\u200b,   and a plain \u00E9 \uD83D\uDE00");
  }

  @Test
  void theLevelDecidesAndAFatalMessageIsAlwaysWritten() {
    Log.level(Log.Level.OFF);
    Log.error("no");
    Log.fatal("why");
    Log.level(Log.Level.ERROR);
    Log.warn("no");
    Log.error("yes", new IllegalStateException("be\ncause"));
    assertLines(
        "[belay] ERROR why", "[belay] ERROR yes: java.lang.IllegalStateException: be cause");
  }

  @Test
  void onDebugTheStackTraceFollows() {
    Log.level(Log.Level.DEBUG);
    Log.error("x", new IllegalStateException());
    assertTrue(
        written.toString(StandardCharsets.UTF_8).contains("\tat " + LogTest.class.getName()));
  }

  @Test
  void loggingNeverThrows() {
    Log.error(
        "x",
        new RuntimeException() {
          private static final long serialVersionUID = 1L;

          @Override
          public String toString() {
            throw new IllegalStateException();
          }
        });
    Log.info(null);
    assertLines("[belay] INFO null");
  }

  @Test
  void whatALibraryLogsThroughSlf4jArrivesThere() {
    org.slf4j.Logger logger = LoggerFactory.getLogger("lib");
    logger.warn("{} of {}", 1, 2);
    logger.info("not shown at info");
    logger.error("bad", new IllegalStateException("why"));
    assertLines(
        "[belay] WARN lib: 1 of 2", "[belay] ERROR lib: bad: java.lang.IllegalStateException: why");
  }

  private void assertLines(String... lines) {
    String expected = String.join(System.lineSeparator(), lines) + System.lineSeparator();
    assertEquals(expected, written.toString(StandardCharsets.UTF_8));
  }
}
