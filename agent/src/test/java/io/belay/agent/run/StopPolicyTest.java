package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.api.Reason;
import io.belay.api.RunStoppedException;
import io.belay.api.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Section 4 of the contract, row by row, where it is a matter of policy alone. */
class StopPolicyTest {
  private final Bench bench = new Bench();
  private final Frame frame = bench.open("a");
  private final Run run = bench.run("a");

  @AfterEach
  void nothingIsLeft() {
    bench.close();
    assertEquals(List.of(), bench.faults);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindOfCallIsRefusedWhileStopping(Kind kind) {
    Bench.Boundary boundary = bench.boundary(kind);
    InFlight control = boundary.enter("before the stop");
    bench.in(run);
    boundary.exit(control);
    assertEquals(Outcome.COMPLETED, control.outcome());
    bench.stop(run);
    RunStoppedException refusal =
        assertThrows(RunStoppedException.class, () -> boundary.enter("after it"));
    assertEquals("a", refusal.runId());
    assertEquals(kind + " after it", refusal.boundary());
    assertEquals(Reason.USER, refusal.reason());
    assertInstanceOf(CancellationException.class, refusal);
    assertEquals(Map.of(kind.toString(), 1L), Bench.refused(run));
    assertTrue(run.inFlight.isEmpty());
    assertEquals(List.of(), run.stopping().report().inFlight());
  }

  /** Kind, the milliseconds after the stop until which it goes on; -1 for as long as it takes. */
  @ParameterizedTest
  @CsvSource({
    "LLM, 0",
    "SQL, 2000",
    "PROCESS, 0",
    "COMMIT, -1",
    "TOOL, -1",
    "MESSAGE, -1",
    "CACHE, -1",
    "DOCUMENT, -1",
    "MAIL, -1"
  })
  void aCallInFlightHasTheGraceOfItsKind(Kind kind, long grace) {
    Bench.Boundary boundary = bench.boundary(kind);
    graceIs(boundary, boundary.enter("it"), grace);
  }

  @ParameterizedTest
  @CsvSource({"GET, 0", "HEAD, 0", "OPTIONS, 0", "POST, 10000", "DELETE, 10000", "PUT, 10000"})
  void safeRequestsAreAbortedAndOthersHaveTheirGrace(String method, long grace) {
    Bench.Boundary boundary = bench.http(method);
    graceIs(boundary, boundary.enter("https://api.test/"), grace);
  }

  private void graceIs(Bench.Boundary boundary, InFlight call, long grace) {
    bench.stop(run);
    if (grace != 0) {
      bench.clock.turn(Duration.ofMillis(grace < 0 ? 86_400_000 : grace - 1));
      bench.step();
      assertEquals(List.of(), boundary.aborted);
      assertEquals(Outcome.IN_FLIGHT, call.outcome());
    }
    if (grace >= 0) {
      bench.clock.turn(Duration.ofMillis(1));
      bench.step();
      assertEquals(1, boundary.aborted.size());
      assertTrue(call.isAborted());
    }
    assertEquals(Status.STOPPING, run.status());
    assertEquals(1, run.stopping().report().inFlight().size());
  }

  @Test
  void forceEndsGraceButNeverACommit() {
    Bench.Boundary sql = bench.boundary(Kind.SQL);
    Bench.Boundary commit = bench.boundary(Kind.COMMIT);
    sql.enter("UPDATE t SET a = 1");
    bench.leave();
    bench.in(run);
    commit.enter("COMMIT");
    bench.stop(run);
    bench.step();
    assertEquals(List.of(), sql.aborted);
    assertEquals(Runs.Answer.ALREADY, bench.runs.stop(run, Reason.USER, "test", "", true));
    bench.step();
    assertEquals(List.of(), sql.aborted, "it may not have arrived at the server yet");
    bench.clock.turn(Duration.ofMillis(250));
    bench.step();
    assertEquals(1, sql.aborted.size());
    assertEquals(List.of(), commit.aborted);
  }

  @Test
  void anAbortIsAskedForAgainWhileTheCallGoesOn() {
    Bench.Boundary llm = bench.boundary(Kind.LLM);
    llm.enter("it");
    bench.stop(run);
    bench.step();
    bench.step();
    assertEquals(1, llm.aborted.size());
    bench.clock.turn(Duration.ofSeconds(1));
    bench.step();
    assertEquals(2, llm.aborted.size());
  }

  @Test
  void anAbortThatFailsIsNotedAndHarmsNothing() {
    Bench.Boundary llm = bench.boundary(Kind.LLM);
    llm.abortThrows = new IllegalStateException("closed");
    InFlight call = llm.enter("it");
    bench.stop(run);
    bench.step();
    assertEquals(1, bench.faults.size());
    bench.faults.clear();
    bench.in(run);
    assertThrows(RunStoppedException.class, () -> call.exit(null, new java.io.IOException()));
    assertTrue(run.inFlight.isEmpty());
  }

  @Test
  void anAbortedWriteThatWasSentIsUnknownAndOneThatWasNotIsAborted() {
    Bench.Boundary post = bench.http("POST");
    InFlight sent = post.enter("https://api.test/sent");
    bench.runs.gatekeeper().sending("test", sent);
    bench.leave();
    bench.in(run);
    InFlight unsent = post.enter("https://api.test/unsent");
    bench.stop(run);
    bench.clock.turn(Duration.ofSeconds(10));
    bench.step();
    sent.done(new java.io.IOException("closed"));
    unsent.done(new java.io.IOException("closed"));
    assertEquals(Outcome.UNKNOWN, sent.outcome());
    assertEquals(Outcome.ABORTED, unsent.outcome());
  }

  @Test
  void aWriteThatIsAnsweredInItsGraceIsCompletedWithItsStatus() {
    Bench.Boundary post = bench.http("POST");
    InFlight call = post.enter("https://api.test/charges?key=secret");
    bench.runs.gatekeeper().sending("test", call);
    bench.stop(run);
    call.answered(201, "application/json", null);
    call.done(null);
    frame.exit(null, null);
    bench.step();
    StopReport.Call told = run.stopping().report().inFlight().get(0);
    assertEquals(Outcome.COMPLETED, told.outcome());
    assertEquals(201, told.status());
    assertEquals("POST https://api.test/charges", told.target());
    assertEquals(Status.STOPPED, run.status());
  }

  @Test
  void aRetryInsideAClientIsRefusedAndItsCallHasNotHappened() {
    Bench.Boundary post = bench.http("POST");
    InFlight call = post.enter("https://api.test/charges");
    bench.stop(run);
    RunStoppedException refusal =
        assertThrows(
            RunStoppedException.class, () -> bench.runs.gatekeeper().sending("test", call));
    assertThrows(RunStoppedException.class, () -> throwOut(call, refusal));
    assertEquals(Outcome.ABORTED, call.outcome());
  }

  private static void throwOut(InFlight call, RunStoppedException refusal) {
    call.exit(null, refusal);
    throw refusal;
  }

  @Test
  void whatIsCalledInsideAnAdmittedCallIsAPartOfIt() {
    Bench.Boundary outer = bench.boundary(Kind.SQL);
    Bench.Boundary inner = bench.boundary(Kind.HTTP);
    InFlight call = outer.enter("SELECT 1");
    bench.stop(run);
    assertEquals(null, inner.enter("a pool's test query"));
    bench.in(run);
    outer.exit(call);
    assertThrows(RunStoppedException.class, () -> inner.enter("its own"));
  }

  @Test
  void aToolsOwnBoundariesAreAskedAbout() {
    Bench.Boundary tool = bench.boundary(Kind.TOOL);
    Bench.Boundary http = bench.boundary(Kind.HTTP);
    tool.enter("search");
    bench.stop(run);
    assertThrows(RunStoppedException.class, () -> http.enter("GET"));
  }

  @Test
  void anAllowRuleLetsACallPassAndIsBoundedByTheShieldsTimeout() {
    Bench.Boundary[] all = new Bench.Boundary[1];
    try (Bench allowing = new Bench(Bench.allowing((kind, text) -> text.startsWith("UPDATE")))) {
      allowing.open("b");
      Run stopped = allowing.run("b");
      all[0] = allowing.boundary(Kind.SQL);
      allowing.stop(stopped);
      assertThrows(RunStoppedException.class, () -> all[0].enter("DELETE FROM runs"));
      all[0].enter("UPDATE runs SET state = 'stopped'");
      allowing.clock.turn(Duration.ofSeconds(29));
      allowing.step();
      assertEquals(List.of(), all[0].aborted);
      allowing.clock.turn(Duration.ofSeconds(1));
      allowing.step();
      assertEquals(1, all[0].aborted.size());
    }
  }

  @Test
  void anAllowRuleAlsoProtectsACallThatHadBegun() {
    try (Bench allowing = new Bench(Bench.allowing((kind, text) -> text.contains("audit")))) {
      allowing.open("b");
      Run stopped = allowing.run("b");
      Bench.Boundary get = allowing.http("GET");
      get.enter("https://audit.test/");
      allowing.leave();
      allowing.in(stopped);
      get.enter("https://other.test/");
      allowing.stop(stopped);
      allowing.step();
      assertEquals(List.of("https://other.test/"), get.aborted);
    }
  }

  @Test
  void insideAShieldEverythingPassesUntilItsTimeIsUp() {
    Bench.Boundary sql = bench.boundary(Kind.SQL);
    bench.stop(run);
    Ticket shield = ShieldSite.open(bench.runs);
    InFlight call = sql.enter("UPDATE runs");
    bench.clock.turn(Duration.ofSeconds(29));
    bench.step();
    assertEquals(List.of(), sql.aborted);
    Ticket nested = ShieldSite.open(bench.runs);
    bench.clock.turn(Duration.ofSeconds(1));
    bench.step();
    assertEquals(List.of("UPDATE runs"), sql.aborted);
    Slot slot = Carrier.slot();
    slot.callIs(null);
    assertThrows(RunStoppedException.class, () -> sql.enter("later"));
    nested.exit(null, null);
    shield.exit(null, null);
    assertFalse(call.isOver());
  }

  @Test
  void aCallThatHadBegunInsideAShieldIsProtectedToo() {
    Bench.Boundary get = bench.http("GET");
    Ticket shield = ShieldSite.open(bench.runs);
    get.enter("https://audit.test/");
    bench.clock.turn(Duration.ofHours(1));
    bench.stop(run);
    bench.step();
    assertEquals(List.of(), get.aborted);
    bench.clock.turn(Duration.ofSeconds(30));
    bench.step();
    assertEquals(1, get.aborted.size());
    shield.exit(null, null);
  }

  @Test
  void anObservedStopRefusesAndAbortsNothingAndIsNotOverBeforeTheWorkIs() {
    try (Bench observing = new Bench(Bench.observing())) {
      Frame observed = observing.open("o");
      Run watched = observing.run("o");
      Bench.Boundary llm = observing.boundary(Kind.LLM);
      InFlight before = llm.enter("before");
      observing.leave();
      observing.in(watched);
      observing.stop(watched);
      llm.enter("after");
      Carrier.slot().callIs(null);
      observing.open("child").exit(null, null);
      observing.in(watched);
      observing.clock.turn(Duration.ofHours(1));
      observing.step();
      assertEquals(List.of(), llm.aborted);
      assertEquals(Outcome.IN_FLIGHT, before.outcome());
      assertEquals(Status.STOPPING, watched.status());
      assertEquals(Map.of("llm", 1L), Bench.refused(watched));
      assertEquals(
          "would have stopped 1 run (1 USER), refused 1 call of stopped runs (1 llm) and 0 for which"
              + " nothing was left of a budget, ended 2 calls in flight (2 llm), and lowered the"
              + " output limit of 0 calls",
          observing.runs.observed().sentence());
      for (InFlight call : watched.inFlight.snapshot()) {
        llm.exit(call);
      }
      observed.exit(null, null);
      observing.step();
      assertEquals(Status.STOPPED, watched.status());
    }
  }

  @Test
  void aRefusalIsNeverThrownInsideAStaticInitialiser() {
    bench.stop(run);
    Initialised.boundary = bench.boundary(Kind.HTTP);
    assertEquals("passed", Initialised.First.TOLD);
    Carrier.slot().callIs(null);
    assertThrows(RunStoppedException.class, () -> Initialised.boundary.enter("GET next"));
  }

  private static final class Initialised {
    static Bench.Boundary boundary;

    static final class First {
      static final String TOLD;

      static {
        boundary.enter("GET inside");
        TOLD = "passed";
      }
    }
  }

  @Test
  void aStormOfRefusalsLosesItsStacksAndStaysStopped() {
    bench.stop(run);
    Bench.Boundary http = bench.boundary(Kind.HTTP);
    RunStoppedException last = null;
    for (int i = 0; i < 40; i++) {
      last = assertThrows(RunStoppedException.class, () -> http.enter("GET"));
      assertEquals(i >= 8, last.getStackTrace().length == 0, "refusal " + i);
    }
    assertEquals(Map.of("http", 40L), Bench.refused(run));
    assertTrue(run.inFlight.isEmpty());
  }

  @Test
  void aFaultyRuleAllowsNothingAndAFaultyReaderHidesNothing() {
    Bench.Boundary[] sql = new Bench.Boundary[1];
    try (Bench faulty =
        new Bench(
            Bench.allowing(
                (kind, text) -> {
                  throw new IllegalStateException("a rule's own fault");
                }))) {
      faulty.open("b");
      sql[0] = faulty.boundary(Kind.SQL);
      faulty.stop(faulty.run("b"));
      assertThrows(RunStoppedException.class, () -> sql[0].enter("SELECT 1"));
      assertEquals(1, faulty.faults.size());
      assertTrue(faulty.run("b").inFlight.isEmpty());
    }
  }

  @Test
  void checkIsABoundaryOfTheApplicationsOwn() {
    run.check();
    bench.stop(run);
    assertTrue(run.isStopping());
    assertThrows(RunStoppedException.class, run::check);
  }
}
