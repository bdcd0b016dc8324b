package io.belay.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.run.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The event stream: nothing is missed, nobody is waited for. */
class EventsTest {
  private Door door;

  @BeforeEach
  void open() throws Exception {
    door = new Door();
  }

  @AfterEach
  void close() {
    door.close();
  }

  /** An event with its id. */
  private record Event(String id, Map<String, Object> run) {
    String idAndStatus() {
      return run.get("id") + " " + run.get("status");
    }
  }

  private Wire subscriber(String... headers) throws IOException {
    Wire wire = new Wire(door.uri("/"));
    List<String> lines = new ArrayList<>(List.of("GET /events HTTP/1.1", "Host: localhost"));
    lines.addAll(List.of(headers));
    wire.send(lines.toArray(String[]::new));
    assertEquals(200, wire.status());
    assertTrue(wire.head().contains("content-type: text/event-stream"));
    wire.after("retry: ");
    return wire;
  }

  @SuppressWarnings("unchecked")
  private static Event next(Wire wire) throws IOException {
    String id = wire.after("id: ");
    assertEquals("event: run", wire.line());
    String data = wire.line();
    assertTrue(data.startsWith("data: "), data);
    return new Event(id, (Map<String, Object>) Door.parsed(data.substring(6)));
  }

  /** The next event of that run and status. */
  private static Event next(Wire wire, String idAndStatus) throws IOException {
    for (; ; ) {
      Event event = next(wire);
      if (event.idAndStatus().equals(idAndStatus)) {
        return event;
      }
    }
  }

  @Test
  void everyChangeOfARunIsOneEvent() throws Exception {
    try (Wire wire = subscriber()) {
      Door.Agent agent = door.agent("r1", Kind.COMMIT, "COMMIT");
      assertEquals("r1 running", next(wire).idAndStatus());
      door.post("/runs/r1/stop", "{\"reason\":\"enough\"}");
      Event stopping = next(wire, "r1 stopping");
      assertEquals("USER", stopping.run().get("reason"));
      assertEquals(null, stopping.run().get("endedAt"));
      agent.finish();
      assertEquals("USER", next(wire, "r1 stopped").run().get("reason"));
    }
  }

  @Test
  void callsInFlightAreTold() throws Exception {
    try (Wire wire = subscriber()) {
      Door.Agent agent = door.agent("r1", Kind.HTTP, "POST https://api.test/charges");
      Event event = next(wire);
      while (((List<?>) event.run().get("inFlight")).isEmpty()) {
        event = next(wire);
      }
      assertTrue(event.run().toString().contains("POST https://api.test/charges"));
      agent.finish();
      next(wire, "r1 completed");
    }
  }

  @Test
  void whoComesBackGetsWhatWasMissed() throws Exception {
    String seen;
    try (Wire wire = subscriber()) {
      door.completed("r1");
      next(wire, "r1 running");
      seen = next(wire, "r1 completed").id();
    }
    door.completed("r2");
    door.completed("r3");
    try (Wire wire = subscriber("Last-Event-ID: " + seen)) {
      assertEquals("r2 running", next(wire).idAndStatus());
      assertEquals("r2 completed", next(wire).idAndStatus());
      assertEquals("r3 running", next(wire).idAndStatus());
      assertEquals("r3 completed", next(wire).idAndStatus());
    }
  }

  @Test
  void theListTellsUpToWhichEventItIsTrue() throws Exception {
    try (Wire wire = subscriber()) {
      door.completed("r1");
      next(wire, "r1 completed");
      String seen = door.get("/runs").header("Belay-Event-Id");
      door.completed("r2");
      next(wire, "r2 completed");
      try (Wire second = subscriber("Last-Event-ID: " + seen)) {
        assertEquals("r2 running", next(second).idAndStatus());
      }
    }
  }

  @Test
  void whatIsNotKeptAnyMoreIsAGap() throws Exception {
    for (String foreign : List.of("other-7", "7", "", "kxy-")) {
      try (Wire wire = subscriber("Last-Event-ID: " + foreign)) {
        assertEquals("gap", wire.after("event: "), foreign);
      }
    }
    String first;
    try (Wire wire = subscriber()) {
      door.completed("r1");
      first = next(wire).id();
      for (int i = 0; i < Ring.MOST_EVENTS; i++) {
        door.completed("more-" + i);
      }
      next(wire, "more-" + (Ring.MOST_EVENTS - 1) + " completed");
    }
    try (Wire wire = subscriber("Last-Event-ID: " + first)) {
      assertEquals("gap", wire.after("event: "));
      door.completed("r2");
      assertEquals("r2 running", next(wire).idAndStatus());
    }
  }

  @Test
  void aSubscriberThatDoesNotReadIsDroppedAndNotWaitedFor() throws Exception {
    try (Wire slow = new Wire(door.uri("/"), 2048);
        Wire reader = subscriber()) {
      slow.send("GET /events HTTP/1.1", "Host: localhost");
      Door.await("two subscribers", () -> subscribers() == 2);
      int begun = 0;
      // The far end takes some megabytes into its buffers before a writer is held up at all.
      while (subscribers() == 2) {
        for (int i = 0; i < 100; i++) {
          door.completed("r" + begun++);
        }
        next(reader, "r" + (begun - 1) + " completed");
      }
      assertEquals(1, subscribers());
      Door.await("it is counted", () -> metrics().contains("subscribers_gone_total 1\n"));
      door.completed("after");
      next(reader, "after completed");
    }
  }

  @Test
  void aThousandSubscribersAreToldWithoutAThreadForEach() throws Exception {
    List<Wire> wires = new ArrayList<>();
    try {
      for (int i = 0; i < 1000; i++) {
        wires.add(subscriber());
      }
      // Each is greeted a moment before it is counted.
      Door.await("all are counted", () -> subscribers() == 1000);
      door.completed("r1");
      for (Wire wire : wires) {
        next(wire, "r1 completed");
      }
      long ours =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("belay-"))
              .count();
      assertTrue(ours < 64, ours + " threads");
    } finally {
      for (Wire wire : wires) {
        wire.close();
      }
    }
  }

  @Test
  void eventsAreNotTakenNoteOfWhenNobodyEverRead() throws Exception {
    String before = door.get("/runs").header("Belay-Event-Id");
    door.completed("r1");
    assertEquals(before, door.get("/runs").header("Belay-Event-Id"));
    try (Wire wire = subscriber("Last-Event-ID: " + before)) {
      assertEquals("gap", wire.after("event: "));
    }
    assertFalse(before.isEmpty());
  }

  private int subscribers() {
    return Integer.parseInt(
        metrics()
            .lines()
            .filter(line -> line.startsWith("belay_event_subscribers "))
            .findFirst()
            .orElseThrow()
            .split(" ")[1]);
  }

  private String metrics() {
    try {
      return door.get("/metrics").body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
