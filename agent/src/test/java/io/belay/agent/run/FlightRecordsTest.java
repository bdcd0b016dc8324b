package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.control.FlightRecords;
import io.belay.api.RunStoppedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecordsTest {
  /** Another Belay may come, and records again. */
  @Test
  void theRecorderForgetsThemWithBelay(@TempDir Path folder) throws IOException {
    FlightRecords.forget();
    runsAndRefusalsAreInTheRecording(folder);
    assertTrue(known() >= 2);
    FlightRecords.forget();
    assertEquals(0, known());
    try (Bench bench = new Bench()) {
      FlightRecords.of(bench.runs);
      assertEquals(3, known());
      FlightRecords.forget();
      Frame frame = bench.open("a");
      frame.exit(null, null);
      assertEquals(List.of(), bench.faults);
    }
    assertEquals(0, known());
    runsAndRefusalsAreInTheRecording(folder);
  }

  private static long known() {
    return FlightRecorder.getFlightRecorder().getEventTypes().stream()
        .filter(type -> type.getName().startsWith("belay."))
        .count();
  }

  @Test
  void runsAndRefusalsAreInTheRecording(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("belay.jfr");
    try (Bench bench = new Bench();
        Recording recording = new Recording()) {
      FlightRecords.of(bench.runs);
      recording.start();
      Frame frame = bench.open("a");
      Bench.Boundary http = bench.http("GET");
      bench.stop(frame.run);
      assertThrows(RunStoppedException.class, () -> http.enter("https://api.test/x?q=1"));
      frame.exit(null, null);
      bench.leave();
      bench.step();
      recording.stop();
      recording.dump(file);
      assertEquals(List.of(), bench.faults);
    }
    List<RecordedEvent> events =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().startsWith("belay."))
            .toList();
    assertEquals(
        List.of("belay.Refusal", "belay.Run"),
        events.stream().map(event -> event.getEventType().getName()).toList());
    assertEquals("a", events.get(0).getString("run"));
    assertEquals("http", events.get(0).getString("kind"));
    assertEquals("GET https://api.test/x", events.get(0).getString("target"));
    assertEquals("a", events.get(1).getString("id"));
    assertEquals("jvm", events.get(1).getString("parent"));
    assertEquals("stopped", events.get(1).getString("status"));
    assertEquals("USER", events.get(1).getString("reason"));
  }
}
