package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * What holds for every SDK: what is booked is what the provider generated, and a stop finds it
 * whatever it is doing. A subclass for each SDK.
 */
abstract class SdkScenarios {
  private static final String STOPPED = "io.belay.api.RunStoppedException";
  private static final long TOKENS = 17;

  /** Where a machine has nothing else to do the median of an SDK's cells is held to a bound. */
  private static final boolean TIMED = Boolean.getBoolean("belay.it.timed");

  private static final double BOUND_MS = 250;

  /**
   * No single one may be later, however busy the machine: what is waited for takes 50 s or more.
   */
  private static final double LATEST_MS = 25_000;

  /** How long each stop took: until the caller was free, until the connection was closed. */
  private static final List<Double> FREED = new ArrayList<>();

  private static final List<Double> CLOSED = new ArrayList<>();

  private static Provider provider;

  private final Class<? extends SdkApp> app;
  private final Wire wire;

  SdkScenarios(Class<? extends SdkApp> app, Wire wire) {
    this.app = app;
    this.wire = wire;
  }

  /** The ways of asking that are stopped and counted. */
  List<String> ways(Setting setting) {
    return List.of("ask", "later", "stream");
  }

  /** The statuses after which it tries again. */
  List<Integer> retried() {
    return List.of(429, 500);
  }

  /** Whether it tries again at all, in this version. */
  boolean retries(Setting setting) {
    return true;
  }

  /** Whether a connection that is lost before the answer is one of the failures that it retries. */
  boolean resumes(Setting setting) {
    return retries(setting);
  }

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
    double free = median(FREED);
    double closed = median(CLOSED);
    System.out.printf(
        "median of %d stops: free %.1f ms, closed %.1f ms%n", FREED.size(), free, closed);
    FREED.clear();
    CLOSED.clear();
    assertTrue(
        !TIMED || (free <= BOUND_MS && closed <= BOUND_MS),
        () -> "median: " + free + ", " + closed);
  }

  private static double median(List<Double> of) {
    return of.isEmpty() ? 0 : of.stream().sorted().toList().get((of.size() - 1) / 2);
  }

  static void answering(String key, Consumer<Arrival> answer) {
    provider.answering(key, answer);
  }

  static int requests(String key) {
    return provider.requests(key);
  }

  final Work begin(Jvm jvm, String what, String key, int times) {
    return jvm.start(app, key, what, key, url(key), String.valueOf(times));
  }

  /** Answers by itself, with a page behind the tool. */
  final Generator generating(String key, Integer... failures) {
    Generator generator =
        new Generator(wire, TOKENS, provider.url("page") + '/' + key).failing(failures);
    provider.answering(key, generator::answer);
    provider.answering("page", call -> call.answer(200, "text/plain", "42"));
    return generator;
  }

  /** Where the provider answers for this key. */
  static String url(String key) {
    return provider.url(key);
  }

  static JsonNode assertBooked(Generator ledger, Jvm belay, String run) {
    // A stream's last bytes may come after the application has all that it asked for.
    JsonNode usage = usage(belay, run);
    assertEquals(ledger.output(), usage.path("outputTokens").asLong(), usage::toPrettyString);
    assertEquals(ledger.input(), usage.path("inputTokens").asLong(), usage::toPrettyString);
    assertFalse(usage.path("estimated").asBoolean(), usage::toPrettyString);
    return usage;
  }

  private static JsonNode usage(Jvm belay, String run) {
    return belay.control().over(run).path("usage");
  }

  @Scenario
  void whatIsAskedIsBookedToTheToken(Setting setting) {
    for (String what : ways(setting)) {
      String control = Setting.unique("control");
      Generator free = generating(control);
      String answer = begin(setting.withoutBelay(), what, control, 1).result();
      assertTrue(answer.equals("a") || answer.equals("a".repeat((int) TOKENS)), answer);
      assertEquals(TOKENS, free.output());

      String run = Setting.unique(what);
      Generator ledger = generating(run);
      Jvm belay = setting.withBelay();
      assertEquals(answer.repeat(3), begin(belay, what, run, 3).result(), what);
      assertEquals(3 * TOKENS, ledger.output(), what);
      assertEquals(3, assertBooked(ledger, belay, run).path("llmCalls").asInt(), what);
    }
  }

  @Scenario
  void whatTheSdkRetriesIsBookedOnce(Setting setting) {
    if (!retries(setting)) {
      return;
    }
    Integer[] failures = retried().toArray(Integer[]::new);
    String run = Setting.unique("retried");
    Generator ledger = generating(run, failures);
    Jvm belay = setting.withBelay();
    assertEquals("aa", begin(belay, "ask", run, 2).result());
    assertEquals(2, ledger.answers());
    assertEquals(2 + failures.length, provider.requests(run));
    assertEquals(2 + failures.length, assertBooked(ledger, belay, run).path("llmCalls").asInt());
  }

  @Scenario
  void whatALostConnectionCostIsNotBookedTwice(Setting setting) {
    String control = Setting.unique("control");
    generating(control, Generator.RESET);
    boolean resumes = !begin(setting.withoutBelay(), "ask", control, 1).fails();
    assertTrue(resumes || !resumes(setting));

    String run = Setting.unique("reset");
    Generator ledger = generating(run, Generator.RESET);
    Jvm belay = setting.withBelay();
    assertEquals(!resumes, begin(belay, "ask", run, 1).fails());
    assertEquals(provider.requests(control), provider.requests(run));
    JsonNode usage = usage(belay, run);
    assertEquals(ledger.output(), usage.path("outputTokens").asLong(), usage::toPrettyString);
    assertTrue(usage.path("inputTokens").asLong() >= ledger.input(), usage::toPrettyString);
  }

  final void conversationWithATool(Setting setting) {
    String control = Setting.unique("control");
    generating(control);
    Jvm plain = setting.withoutBelay();
    plain.cue(control, "go on");
    assertEquals("a", begin(plain, "converse", control, 1).result());
    assertEquals(2, provider.requests(control));

    String run = Setting.unique("converse");
    Generator ledger = generating(run);
    Jvm belay = setting.withBelay();
    belay.cue(run, "go on");
    assertEquals("a", begin(belay, "converse", run, 1).result());
    JsonNode usage = assertBooked(ledger, belay, run);
    assertEquals(2, usage.path("llmCalls").asInt(), usage::toPrettyString);
    assertEquals(toolCalls(setting), usage.path("toolCalls").asInt(), usage::toPrettyString);
  }

  /** How many of a conversation's tool calls are seen: an application's own method is none. */
  int toolCalls(Setting setting) {
    return 1;
  }

  /** Two answers that are read into objects: each call of the framework is a run, and one only. */
  final void typedAnswers(Setting setting) {
    String run = Setting.unique("typed");
    String page = wire.answer(11, TOKENS).replace("\"a\"", "\"{\\\"text\\\":\\\"a\\\"}\"");
    provider.answering(run, call -> call.answer(200, "application/json", page));
    assertEquals("aa", begin(setting.withoutBelay(), "typed", run, 1).result());

    Jvm belay = setting.withBelay();
    assertEquals("aa", begin(belay, "typed", run, 1).result());
    belay.control().over(run);
    JsonNode below = belay.control().get("/runs?parent=" + run);
    assertEquals(2, below.size(), below::toPrettyString);
    for (JsonNode call : below) {
      assertEquals(TOKENS, call.path("usage").path("outputTokens").asLong(), call::toPrettyString);
      JsonNode within = belay.control().get("/runs?parent=" + call.path("id").asText());
      assertEquals(0, within.size(), within::toPrettyString);
    }
  }

  final void cutStream(Setting setting) {
    String run = Setting.unique("cut");
    Jvm belay = setting.withBelay();
    Work work = begin(belay, "stream", run, 2);
    Arrival call = provider.await(run);
    Generator.begin(wire, call);
    for (int i = 0; i < 10; i++) {
      call.chunk(wire.framed(wire.token()));
    }
    belay.awaitMoment(run, "a".repeat(9)); // Some SDKs read ahead of what they give.
    stop(belay, run, work, "stalled stream", call);
    assertEquals(1, provider.requests(run));
    belay.control().report(run);
    JsonNode usage = usage(belay, run);
    // At least what the application had; the last event may still have been on its way.
    long booked = usage.path("outputTokens").asLong();
    assertTrue(booked == 9 || booked == 10, usage::toPrettyString);
    assertTrue(usage.path("estimated").asBoolean(), usage::toPrettyString);
    assertServes(belay);
  }

  @Scenario
  void aCallThatWaitsForItsAnswerIsEnded(Setting setting) {
    for (String what : ways(setting).subList(0, Math.min(2, ways(setting).size()))) {
      String run = Setting.unique("waiting-" + what);
      Jvm belay = setting.withBelay();
      Work work = begin(belay, what, run, 2);
      Arrival call = provider.await(run);
      stop(belay, run, work, what, call);
      assertEquals(1, provider.requests(run));
      JsonNode report = belay.control().report(run);
      assertEquals("aborted", report.path("inFlight").path(0).path("outcome").asText());
      assertServes(belay);
    }
  }

  @Scenario
  void aPauseBeforeARetryIsEnded(Setting setting) {
    for (String what : ways(setting).subList(0, Math.min(2, ways(setting).size()))) {
      String control = Setting.unique("control");
      Generator free = generating(control, 503);
      Work untouched = begin(setting.withoutBelay(), what, control, 1);
      boolean retries = !untouched.fails();
      assertEquals(retries ? 1 : 0, free.answers());
      assertTrue(retries || !what.equals("ask") || !retries(setting));
      if (!retries) {
        continue; // Nobody promised that.
      }
      String run = Setting.unique("pausing-" + what);
      Jvm belay = setting.withBelay();
      Work work = begin(belay, what, run, 2);
      Arrival call = provider.await(run);
      call.answer(503, "application/json\r\nRetry-After: 50", "{\"error\":{\"message\":\"no\"}}");
      Await.until("it pauses", () -> pauses(belay, run, what));
      stop(belay, run, work, "pause of " + what, null);
      assertEquals(1, provider.requests(run));
      assertServes(belay);
    }
  }

  /** Whether it pauses: then nothing is in flight but, perhaps, the pause. */
  boolean pauses(Jvm belay, String run, String what) {
    JsonNode inFlight = belay.control().run(run).path("inFlight");
    return inFlight.isEmpty() || inFlight.path(0).path("target").asText().startsWith("WAIT ");
  }

  /** Calls that say no limit come to just what their run may spend, and the next one is refused. */
  final List<Arrival> spentToTheLast(Setting setting) {
    String run = Setting.unique("spent");
    Generator ledger = generating(run);
    Jvm belay =
        setting.withBelay("belay.budget.output-tokens=50", "belay.budget.min-output-tokens=1");
    Work work = begin(belay, "ask", run, 9);
    assertTrue(work.thrown().has("io.belay.api.BudgetExceededException"));
    assertEquals(50, ledger.output());
    assertEquals(50, ledger.highest());
    JsonNode usage = assertBooked(ledger, belay, run);
    assertEquals(provider.requests(run), usage.path("llmCalls").asInt(), usage::toPrettyString);
    return provider.arrivals(run);
  }

  /** What a limit refuses is refused again however long one waits: it is not tried again. */
  final void refusedByALimitOnce(Setting setting) {
    Jvm belay = setting.withBelay("belay.budget.llm-calls=1", "belay.budget.on-exceeded=refuse");
    for (String what : ways(setting)) {
      String run = Setting.unique("limited-" + what);
      Generator ledger = generating(run);
      int before = refusedCalls(belay);
      Work work = begin(belay, what, run, 2);
      assertTrue(work.thrown().has("io.belay.api.BudgetExceededException"), what);
      assertEquals(1, ledger.answers(), what);
      assertEquals(1, provider.requests(run), what);
      assertEquals(before + 1, refusedCalls(belay), what);
    }
  }

  private static int refusedCalls(Jvm belay) {
    String metrics = belay.control().request("GET", "/metrics", null).body();
    String row = "belay_refusals_total{kind=\"llm\"} ";
    int value = metrics.indexOf(row) + row.length();
    return Integer.parseInt(metrics.substring(value, metrics.indexOf('\n', value)));
  }

  final void toolOfAStoppedRun(Setting setting) {
    String run = Setting.unique("tool");
    Generator ledger = generating(run);
    Jvm belay = setting.withBelay();
    int pages = provider.requests("page");
    Work work = begin(belay, "converse", run, 1);
    belay.awaitMoment(run, "in the tool");
    belay.stop(run);
    belay.cue(run, "go on");
    assertTrue(work.thrown().has(STOPPED), () -> work.thrown().toString());
    assertEquals(1, ledger.answers());
    assertEquals(1, provider.requests(run));
    assertEquals(pages, provider.requests("page"));
    assertServes(belay);
  }

  final void toolThatFetches(Setting setting) {
    String run = Setting.unique("fetching");
    Generator generator = new Generator(wire, TOKENS, provider.url("held-" + run) + '/' + run);
    provider.answering(run, generator::answer);
    Jvm belay = setting.withBelay();
    belay.cue(run, "go on");
    Work work = begin(belay, "converse", run, 1);
    Arrival page = provider.await("held-" + run);
    stop(belay, run, work, "tool", page);
    assertEquals(1, provider.requests(run));
    assertServes(belay);
  }

  /**
   * Stops a run, of which {@code call} is in flight if anything is. The clock starts when the stop
   * is acknowledged; that no handler of uncaught exceptions was called is checked afterwards, with
   * all that the application has printed.
   */
  private void stop(Jvm belay, String run, Work work, String what, Arrival call) {
    belay.stop(run);
    long acknowledged = System.nanoTime();
    assertTrue(work.thrown().has(STOPPED), () -> work.thrown().toString());
    double free = millisSince(acknowledged);
    assertTrue(call == null || call.awaitClientLeft());
    double closed = millisSince(acknowledged);
    System.out.printf(
        "%s, %s: caller free %.1f ms after the acknowledgement, connection closed within %.1f ms%n",
        app.getSimpleName(), what, free, closed);
    assertTrue(free < LATEST_MS && closed < LATEST_MS, () -> what + ": " + free + ", " + closed);
    FREED.add(free);
    if (call != null) {
      CLOSED.add(closed);
    }
  }

  private static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }

  /** Another run, on the same client and its pool, works as if nothing had happened. */
  private void assertServes(Jvm jvm) {
    String after = Setting.unique("after");
    generating(after);
    assertEquals("a", begin(jvm, "ask", after, 1).result());
  }
}
