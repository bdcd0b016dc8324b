package io.belay.it.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Program;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A recording that somebody starts in a JVM that runs, as with any other JVM. */
class FlightRecorderIT {
  private static final String ANSWER =
      "{\"id\":\"c\",\"object\":\"chat.completion\",\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,"
          + "\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"fine\"}}],"
          + "\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":20,\"total_tokens\":120,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":40}}}";

  private static final Duration LONG = Duration.ofSeconds(2);
  private static Provider provider;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  @Scenario
  void whatAgentsDoIsRecorded(Setting setting) throws Exception {
    Jvm belay = setting.withBelay();
    jcmd(setting, belay, "JFR.start", "name=it");
    String asked = Setting.unique("asked");
    String path = provider.url(asked) + "/v1/chat/completions";
    Work chat = belay.start(Chatting.class, asked, path + "?key=s3cret");
    answerAfterAWhile(provider.await(asked));
    assertEquals("200", chat.result());
    belay.control().over(asked);

    String refused = Setting.unique("refused");
    Work work =
        belay.start(Chatting.class, refused, provider.url(refused) + "/v1/chat/completions");
    provider.await(refused);
    belay.stop(refused);
    work.thrown();
    belay.control().report(refused);
    String again = Setting.unique("again");
    Work held = belay.start(Chatting.Held.class, again, again, provider.url(again) + "/again");
    belay.awaitMoment(again, "begun");
    belay.stop(again);
    belay.cue(again, "go on");
    held.thrown();
    belay.control().report(again);

    Path file = folder.resolve("it.jfr");
    jcmd(setting, belay, "JFR.dump", "name=it", "filename=" + file);
    jcmd(setting, belay, "JFR.stop", "name=it");
    Map<String, List<RecordedEvent>> events =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().startsWith("belay."))
            .collect(Collectors.groupingBy(event -> event.getEventType().getName()));

    RecordedEvent call = one(events.get("belay.LlmCall"), "run", asked);
    assertEquals("POST " + path, call.getString("target"));
    assertEquals(200, call.getInt("status"));
    assertEquals(100, call.getLong("inputTokens"));
    assertEquals(20, call.getLong("outputTokens"));
    assertEquals(40, call.getLong("cacheReadTokens"));
    assertEquals(0, call.getLong("cacheWriteTokens"));
    assertTrue(call.getDouble("costUsd") > 0 && call.getDouble("costUsd") < 0.01, call::toString);
    assertFalse(call.getBoolean("estimated"));
    assertTrue(call.getDuration("took").toNanos() > 0, call::toString);
    assertTrue(call.getDuration("took").toMinutes() < 10, call::toString);
    assertBegunBeforeItEnded(call);
    RecordedEvent ended = one(events.get("belay.LlmCall"), "run", refused);
    assertTrue(ended.getBoolean("estimated"), ended::toString);

    RecordedEvent completed = one(events.get("belay.Run"), "id", asked);
    assertEquals("jvm", completed.getString("parent"));
    assertEquals("completed", completed.getString("status"));
    assertEquals("", completed.getString("reason"));
    assertEquals(1, completed.getLong("llmCalls"));
    assertEquals(20, completed.getLong("outputTokens"));
    assertBegunBeforeItEnded(completed);
    assertFalse(call.getStartTime().isBefore(completed.getStartTime()), "within its run");
    assertFalse(call.getEndTime().isAfter(completed.getEndTime()), "within its run");
    assertEquals(call.getDouble("costUsd"), completed.getDouble("costUsd"), 1e-9);
    RecordedEvent stopped = one(events.get("belay.Run"), "id", refused);
    assertEquals("stopped", stopped.getString("status"));
    assertEquals("USER", stopped.getString("reason"));

    RecordedEvent refusal = one(events.get("belay.Refusal"), "run", again);
    assertEquals("llm", refusal.getString("kind"));
    assertTrue(refusal.getString("target").endsWith("/again/v1/chat/completions"));
    assertTrue(
        refusal.getStackTrace().getFrames().stream()
            .anyMatch(f -> f.getMethod().getType().getName().equals(Chatting.class.getName())),
        refusal::toString);
    assertFalse(events.toString().contains("s3cret"));
  }

  /** So much longer than anything else that it can be told how long it took, on any machine. */
  private static void answerAfterAWhile(Arrival call) {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < LONG.toNanos()) {
      LockSupport.parkNanos(10_000_000);
    }
    call.answer(200, "application/json", ANSWER);
  }

  /** A timeline shows an event from its start for its duration. */
  private static void assertBegunBeforeItEnded(RecordedEvent event) {
    // Two clocks: the recorder's ticks, and the wall clock of what it took.
    for (Duration shown : List.of(event.getDuration(), event.getDuration("took"))) {
      assertTrue(shown.compareTo(LONG.dividedBy(2)) > 0, event::toString);
    }
    Duration apart = event.getDuration().minus(event.getDuration("took")).abs();
    assertTrue(apart.compareTo(LONG.dividedBy(2)) < 0, event::toString);
  }

  private static RecordedEvent one(List<RecordedEvent> events, String field, String value) {
    List<RecordedEvent> found =
        events.stream().filter(event -> event.getString(field).equals(value)).toList();
    assertEquals(1, found.size(), events::toString);
    return found.get(0);
  }

  private static void jcmd(Setting setting, Jvm jvm, String... words) {
    Program.Ended ended =
        Program.run(
            java.util.stream.Stream.concat(
                    java.util.stream.Stream.of(
                        setting.jdk().program("jcmd").toString(), "" + jvm.pid()),
                    java.util.stream.Stream.of(words))
                .toList());
    assertEquals(0, ended.status(), ended::toString);
  }
}
