package io.belay.demo.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The control: without Belay, everything goes on after Stop. */
@Timeout(300)
final class StoryTest {
  @Test
  void theApplicationsOwnCancelStopsNothing(@TempDir Path logs) throws Exception {
    PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Story story = new Story(new Progress(silent), logs, Optional.empty(), 100);
    AfterStop after = story.tell().numbers();
    assertTrue(after.tokens() > 0, after::toString);
    assertTrue(after.llmRequests() > 0, after::toString);
    assertTrue(after.httpRequests() > 0, after::toString);
    assertTrue(after.rows() > 0, after::toString);
    assertEquals(3, after.completed(), after::toString);
    assertTrue(after.usd() > 0, after::toString);
    assertTrue(after.wentQuiet(), after::toString);
    assertEquals(0, ProcessHandle.current().children().count(), "processes left behind");
  }
}
