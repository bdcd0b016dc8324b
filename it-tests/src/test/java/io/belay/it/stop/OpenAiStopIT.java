package io.belay.it.stop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.App;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Stops of an agent on the official OpenAI client, which retries what fails. */
class OpenAiStopIT {
  private static final String STOPPED = "io.belay.api.RunStoppedException";
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  @Scenario
  void aStreamIsCutWhileChunksArrive(Setting setting) {
    String control = Setting.unique("control");
    Jvm without = setting.withoutBelay();
    Work untouched = begin(without, Chat.Streaming.class, control, "2");
    Arrival first = streaming(without, control, "a", "b");
    first.token("c");
    first.finish();
    streaming(without, control, "d").finish();
    assertEquals("abcd", untouched.result());

    String run = Setting.unique("mid-stream");
    Jvm belay = setting.withBelay();
    Work work = begin(belay, Chat.Streaming.class, run, "2");
    Arrival cut = streaming(belay, run, "a", "b");
    belay.stop(run);
    for (int i = 0; !cut.clientLeft() && i < 100_000; i++) {
      cut.token("c"); // The provider goes on generating until it sees the client leave.
    }
    assertTrue(cut.awaitClientLeft());
    assertStopped(work);
    assertEquals(1, provider.requests(run));
    assertInReport(belay.control().report(run), "llm", "aborted");
    assertServes(belay);
  }

  @Scenario
  void aStreamIsCutWhileNothingArrives(Setting setting) {
    String control = Setting.unique("control");
    Jvm without = setting.withoutBelay();
    Work untouched = begin(without, Chat.Streaming.class, control, "1");
    streaming(without, control, "a").finish();
    assertEquals("a", untouched.result());

    String run = Setting.unique("stalled-stream");
    Jvm belay = setting.withBelay();
    Work work = begin(belay, Chat.Streaming.class, run, "2");
    Arrival stalled = streaming(belay, run, "a");
    belay.stop(run);
    assertTrue(stalled.awaitClientLeft());
    assertStopped(work);
    assertEquals(1, provider.requests(run));
    assertEquals(1, provider.tokens(run));
    assertInReport(belay.control().report(run), "llm", "aborted");
    assertServes(belay);
  }

  @Scenario
  void aCallThatWaitsForItsAnswerIsAbortedAndNotRetried(Setting setting) {
    String control = Setting.unique("control");
    Work untouched = begin(setting.withoutBelay(), Chat.Blocking.class, control, "2");
    provider.await(control).completion("a");
    provider.await(control).completion("b");
    assertEquals("ab", untouched.result());

    String run = Setting.unique("blocking");
    Jvm belay = setting.withBelay();
    Work work = begin(belay, Chat.Blocking.class, run, "2");
    Arrival call = provider.await(run);
    belay.stop(run);
    assertTrue(call.awaitClientLeft());
    assertStopped(work);
    assertEquals(1, provider.requests(run));
    assertInReport(belay.control().report(run), "llm", "aborted");
    assertServes(belay);
  }

  @Scenario
  void aRunStoppedBetweenTwoCallsMakesNoOther(Setting setting) {
    String control = Setting.unique("control");
    Jvm without = setting.withoutBelay();
    Work untouched = begin(without, Chat.Pondering.class, control);
    provider.await(control).completion("a");
    without.awaitMoment(control, "pondering");
    without.cue(control, "go on");
    provider.await(control).completion("b");
    assertEquals("ab", untouched.result());

    String run = Setting.unique("between");
    Jvm belay = setting.withBelay();
    Work work = begin(belay, Chat.Pondering.class, run);
    provider.await(run).completion("a");
    belay.awaitMoment(run, "pondering");
    belay.stop(run);
    belay.cue(run, "go on");
    assertStopped(work);
    assertEquals(1, provider.requests(run));
    JsonNode report = belay.control().report(run);
    assertEquals(0, report.path("inFlight").size(), report::toPrettyString);
    assertEquals(1, report.path("refused").path("llm").asInt(), report::toPrettyString);
    assertServes(belay);
  }

  @Scenario
  void aRefusalThatIsSwallowedIsRefusedAgain(Setting setting) {
    String control = Setting.unique("control");
    provider.answering(control, call -> call.completion("a"));
    assertEquals(
        "a".repeat(20), begin(setting.withoutBelay(), Chat.Stubborn.class, control, "20").result());

    String run = Setting.unique("swallowed");
    Jvm belay = setting.withBelay();
    Work work = begin(belay, Chat.Stubborn.class, run, "20");
    Arrival call = provider.await(run);
    belay.stop(run);
    assertTrue(call.awaitClientLeft());
    assertEquals("!".repeat(20), work.result());
    assertEquals(1, provider.requests(run));
    JsonNode report = belay.control().report(run);
    assertEquals(19, report.path("refused").path("llm").asInt(), report::toPrettyString);
    assertEquals("stopped", belay.control().over(run).path("status").asText());
    assertServes(belay);
  }

  @Scenario
  void aRunBesideIsNotTouched(Setting setting) {
    Jvm belay = setting.withBelay();
    String beside = Setting.unique("beside");
    Work untouched = begin(belay, Chat.Streaming.class, beside, "2");
    Arrival open = streaming(belay, beside, "a");

    String run = Setting.unique("stopped");
    Work work = begin(belay, Chat.Streaming.class, run, "2");
    Arrival cut = streaming(belay, run, "x");
    belay.stop(run);
    assertTrue(cut.awaitClientLeft());
    assertStopped(work);

    assertFalse(open.clientLeft());
    open.token("b");
    open.finish();
    streaming(belay, beside, "c").finish();
    assertEquals("abc", untouched.result());
    assertEquals(2, provider.requests(beside));
    assertEquals("completed", belay.control().over(beside).path("status").asText());
  }

  private static Work begin(Jvm jvm, Class<? extends App> app, String key, String... more) {
    String[] args = new String[more.length + 2];
    args[0] = key;
    args[1] = provider.url(key);
    System.arraycopy(more, 0, args, 2, more.length);
    return jvm.start(app, key, args);
  }

  /** Takes the next request and streams tokens; returns when the application has them all. */
  private static Arrival streaming(Jvm jvm, String key, String... tokens) {
    Arrival call = provider.await(key);
    call.stream();
    StringBuilder sent = new StringBuilder();
    for (String token : tokens) {
      call.token(token);
      jvm.awaitMoment(key, sent.append(token).toString());
    }
    return call;
  }

  private static void assertStopped(Work work) {
    assertTrue(work.thrown().has(STOPPED), () -> work.thrown().toString());
  }

  private static void assertInReport(JsonNode report, String kind, String outcome) {
    assertEquals(1, report.path("inFlight").size(), report::toPrettyString);
    JsonNode call = report.path("inFlight").get(0);
    assertEquals(kind, call.path("kind").asText(), report::toPrettyString);
    assertEquals(outcome, call.path("outcome").asText(), report::toPrettyString);
  }

  /** Another run, on the same client and its pool, works as if nothing had happened. */
  private static void assertServes(Jvm jvm) {
    String after = Setting.unique("after");
    Work work = begin(jvm, Chat.Blocking.class, after, "1");
    provider.await(after).completion("fine");
    assertEquals("fine", work.result());
  }
}
