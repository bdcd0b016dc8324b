package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.api.Reason;
import io.belay.api.RunStoppedException;
import io.belay.api.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunTreeTest {
  private final Bench bench = new Bench();

  @AfterEach
  void nothingOfARunIsLeftOnTheThread() {
    bench.close();
    assertEquals(List.of(), bench.faults);
  }

  @Test
  void aRunWhoseEntryReturnsIsCompleted() {
    Frame frame = bench.open("a");
    Run run = bench.run("a");
    assertEquals(Status.RUNNING, run.status());
    frame.exit(null, null);
    assertEquals(Status.COMPLETED, run.status());
    assertEquals(Runs.Answer.ENDED, bench.stop(run));
    assertEquals(Status.COMPLETED, run.status());
  }

  @Test
  void aRunWhoseEntryThrowsHasFailed() {
    Frame frame = bench.open("a");
    frame.exit(null, new IllegalStateException());
    assertEquals(Status.FAILED, bench.run("a").status());
  }

  @Test
  void aRunWaitsForItsCallsInFlightBeforeItEnds() {
    Frame frame = bench.open("a");
    Run run = bench.run("a");
    InFlight call = bench.boundary(Kind.SQL).enter("SELECT 1");
    frame.exit(null, null);
    assertEquals(Status.RUNNING, run.status());
    bench.in(run);
    call.exit(null, null);
    assertEquals(Status.COMPLETED, run.status());
  }

  @Test
  void aParentWhoseEntryHasReturnedEndsWithItsLastChild() {
    Frame parent = bench.open("p");
    Frame child = bench.open("c");
    parent.exit(null, null);
    assertEquals(Status.RUNNING, bench.run("p").status());
    child.exit(null, null);
    assertEquals(Status.COMPLETED, bench.run("c").status());
    assertEquals(Status.COMPLETED, bench.run("p").status());
    assertTrue(bench.runs.root().below().isEmpty());
  }

  @Test
  void deeplyNestedRunsEndOneAfterTheOther() {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      frames.add(bench.open("n" + i));
    }
    Run first = bench.run("n0");
    // All but the last return at once: the last one's end then takes them all along.
    for (Frame frame : frames) {
      frame.exit(null, null);
    }
    // Who looks after lingering runs may have come first; then that thread is still on its way up.
    while (first.status() == Status.RUNNING) {
      Thread.onSpinWait();
    }
    assertEquals(Status.COMPLETED, first.status());
  }

  @Test
  void anIdInUseGetsASuffixAndAnEndedOneIsFreeAgain() {
    Frame first = bench.open("chat");
    Frame second = bench.open("chat");
    Frame third = bench.open("chat");
    assertEquals(List.of("chat", "chat~2", "chat~3"), ids());
    third.exit(null, null);
    second.exit(null, null);
    first.exit(null, null);
    Frame again = bench.open("chat");
    assertEquals(List.of("chat"), ids());
    again.exit(null, null);
  }

  private List<String> ids() {
    return bench.runs.live().stream()
        .filter(run -> run.above() != null)
        .map(Run::id)
        .sorted()
        .toList();
  }

  @Test
  void theRootsIdIsNeverFree() {
    Frame frame = bench.open("jvm");
    assertEquals("jvm~2", bench.runs.root().below().get(0).id());
    frame.exit(null, null);
  }

  @Test
  void withNothingToKeepAnEndedRunIsForgotten() {
    try (Bench forgetful = new Bench(Bench.keeping(0))) {
      Frame frame = forgetful.open("a");
      frame.exit(null, null);
      assertNull(forgetful.runs.find("a"));
      assertTrue(forgetful.runs.ended().isEmpty());
    }
  }

  @Test
  void anAsynchronousEntryEndsWithItsResult() {
    Frame frame = bench.open("a");
    Run run = bench.run("a");
    CompletableFuture<String> result = new CompletableFuture<>();
    assertSame(result, frame.exit(result, null));
    assertEquals(Status.RUNNING, run.status());
    result.complete("done");
    assertEquals(Status.COMPLETED, run.status());
  }

  @Test
  void anAsynchronousEntryThatHasFailedAlreadyIsAFailure() {
    Frame frame = bench.open("a");
    frame.exit(CompletableFuture.failedFuture(new IllegalStateException()), null);
    assertEquals(Status.FAILED, bench.run("a").status());
  }

  @Test
  void aStopDoesNotWaitForAResultThatNobodyWillComplete() {
    Frame frame = bench.open("a");
    Run run = bench.run("a");
    frame.exit(new CompletableFuture<>(), null);
    bench.stop(run);
    assertEquals(Status.STOPPING, run.status());
    bench.step();
    assertEquals(Status.STOPPED, run.status());
  }

  @Test
  void aStopReachesEveryRunBelowAndNoneBeside() {
    Frame beside = bench.open("beside");
    bench.leave();
    Frame parent = bench.open("p");
    Frame child = bench.open("c");
    Frame grandchild = bench.open("g");
    assertEquals(Runs.Answer.ACCEPTED, bench.stop(bench.run("p")));
    assertEquals(Reason.USER, bench.run("p").stopEvent().reason());
    assertEquals(Reason.PARENT, bench.run("c").stopEvent().reason());
    assertEquals(Reason.PARENT, bench.run("g").stopEvent().reason());
    assertEquals(Status.RUNNING, bench.run("beside").status());
    grandchild.exit(null, null);
    child.exit(null, null);
    parent.exit(null, null);
    bench.step();
    assertEquals(Status.STOPPED, bench.run("p").status());
    assertEquals(Status.STOPPED, bench.run("g").status());
    assertEquals(1, bench.reported.size());
    beside.exit(null, null);
  }

  @Test
  void aChildBegunUnderAStoppingParentIsStoppedBeforeItStarts() {
    Frame parent = bench.open("p");
    bench.stop(bench.run("p"));
    assertThrows(RunStoppedException.class, () -> bench.open("late"));
    assertEquals(Reason.PARENT, bench.run("late").stopEvent().reason());
    parent.exit(null, null);
    bench.step();
    assertEquals(Status.STOPPED, bench.run("late").status());
    assertEquals(Status.STOPPED, bench.run("p").status());
  }

  @Test
  void aChildBegunWhenItsParentsStopIsLongOverEndsToo() {
    Frame parent = bench.open("p");
    Run run = bench.run("p");
    bench.stop(run);
    parent.exit(null, null);
    bench.step();
    assertEquals(Status.STOPPED, run.status());
    bench.in(run); // A continuation that nobody had called yet.
    assertThrows(RunStoppedException.class, () -> bench.open("late"));
    bench.step();
    assertEquals(Status.STOPPED, bench.run("late").status());
    assertEquals(1, bench.runs.live().size());
    assertEquals(1, bench.reported.size());
  }

  @Test
  void aParentsStopWaitsForAChildThatWasStoppedBefore() {
    Frame parent = bench.open("p");
    Frame child = bench.open("c");
    Bench.Boundary sql = bench.boundary(Kind.SQL);
    InFlight call = sql.enter("SELECT 1");
    bench.stop(bench.run("c"));
    bench.stop(bench.run("p"));
    Stopping account = bench.run("p").stopping();
    assertEquals(1, account.report().inFlight().size());
    parent.exit(null, null);
    bench.step();
    assertFalse(account.isQuiet());
    bench.in(bench.run("c"));
    call.exit(null, null);
    child.exit(null, null);
    bench.step();
    assertTrue(account.isQuiet());
    assertTrue(bench.run("c").stopping().isQuiet());
    assertEquals(Outcome.COMPLETED, account.report().inFlight().get(0).outcome());
  }

  @Test
  void whatAChildIsRefusedAfterItsParentsStopCountsThere() {
    Frame parent = bench.open("p");
    Frame child = bench.open("c");
    bench.stop(bench.run("c"));
    bench.stop(bench.run("p"));
    Bench.Boundary mail = bench.boundary(Kind.MAIL);
    assertThrows(RunStoppedException.class, () -> mail.enter("to you"));
    assertEquals(Map.of("mail", 1L), Bench.refused(bench.run("c")));
    assertEquals(Map.of("mail", 1L), Bench.refused(bench.run("p")));
    child.exit(null, null);
    parent.exit(null, null);
  }

  @Test
  void stoppingTwiceAnswersThatItWasStoppedBefore() {
    Frame frame = bench.open("a");
    assertEquals(Runs.Answer.ACCEPTED, bench.stop(bench.run("a")));
    assertEquals(Runs.Answer.ALREADY, bench.stop(bench.run("a")));
    frame.exit(null, null);
    bench.step();
    assertEquals(Runs.Answer.ALREADY, bench.stop(bench.run("a")));
  }

  @Test
  void aRunThatFailsOfItsChildsStopIsStopped() {
    Frame parent = bench.open("p");
    Frame child = bench.open("c");
    bench.stop(bench.run("c"));
    RunStoppedException refusal =
        assertThrows(RunStoppedException.class, () -> bench.boundary(Kind.SQL).enter("SELECT 1"));
    child.exit(null, refusal);
    parent.exit(null, new CompletionException(refusal));
    bench.step();
    assertEquals(Status.STOPPED, bench.run("c").status());
    assertEquals(Status.STOPPED, bench.run("p").status());
  }

  @Test
  void aRunThatFailsOfAStrangersStopHasFailed() {
    Frame stranger = bench.open("s");
    bench.stop(bench.run("s"));
    RunStoppedException refusal =
        assertThrows(RunStoppedException.class, () -> bench.boundary(Kind.SQL).enter("SELECT 1"));
    stranger.exit(null, refusal);
    Frame own = bench.open("own");
    own.exit(null, new CompletionException(refusal));
    assertEquals(Status.FAILED, bench.run("own").status());
  }

  @Test
  void subscribersAreToldOnceAndBeforeTheStopIsAcknowledged() {
    Frame frame = bench.open("a");
    Run run = bench.run("a");
    List<String> told = new ArrayList<>();
    run.onStop(event -> told.add("one " + event.reason()));
    run.onStop(event -> told.add("never")).close();
    bench.stop(run);
    assertEquals(List.of("one USER"), told);
    run.onStop(event -> told.add("late " + event.reason()));
    bench.stop(run);
    assertEquals(List.of("one USER", "late USER"), told);
    frame.exit(null, null);
  }

  @Test
  void aSubscriberThatHangsDoesNotKeepTheStopFromBeingAcknowledged() throws Exception {
    Frame frame = bench.open("a");
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    bench
        .run("a")
        .onStop(
            event -> {
              asked.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              over.countDown();
            });
    assertEquals(Runs.Answer.ACCEPTED, bench.stop(bench.run("a")));
    asked.await();
    assertEquals(1, over.getCount());
    goOn.countDown();
    over.await();
    frame.exit(null, null);
  }

  @Test
  void aSubscriberThatThrowsHarmsNobody() {
    Frame frame = bench.open("a");
    bench.run("a").onStop(event -> assertNull(event, "a subscriber's own fault"));
    assertEquals(Runs.Answer.ACCEPTED, bench.stop(bench.run("a")));
    assertEquals(List.of(), bench.faults); // None of ours.
    frame.exit(null, null);
  }

  @Test
  void stagedWritesAreDoneOnceWhenTheRunCompletes() {
    List<String> done = new ArrayList<>();
    Frame frame = bench.open("a");
    Run run = bench.run("a");
    run.onCompletion(() -> done.add("staged"));
    assertEquals(List.of(), done);
    frame.exit(null, null);
    assertEquals(List.of("staged"), done);
    run.onCompletion(() -> done.add("at once"));
    assertEquals(List.of("staged", "at once"), done);
  }

  @Test
  void stagedWritesAreDroppedWhenTheRunIsStoppedOrFails() {
    List<String> done = new ArrayList<>();
    Frame failing = bench.open("f");
    bench.run("f").onCompletion(() -> done.add("failed"));
    failing.exit(null, new IllegalStateException());
    bench.run("f").onCompletion(() -> done.add("failed"));
    Frame stopped = bench.open("s");
    bench.run("s").onCompletion(() -> done.add("stopped"));
    bench.stop(bench.run("s"));
    bench.run("s").onCompletion(() -> done.add("stopped"));
    stopped.exit(null, null);
    bench.step();
    assertEquals(List.of(), done);
  }

  @Test
  void aTreeOfTenThousandRunsWithACallEachIsStoppedAsOne() {
    Bench.Boundary sql = bench.boundary(Kind.SQL);
    Frame top = bench.open("top");
    Run run = bench.run("top");
    List<Frame> frames = new ArrayList<>();
    List<InFlight> calls = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      bench.leave();
      bench.in(i % 100 == 0 ? run : frames.get(i - i % 100).run);
      frames.add(bench.open("r" + i));
      calls.add(sql.enter("SELECT " + i));
    }
    bench.stop(run);
    assertTrue(frames.stream().allMatch(frame -> frame.run.isStopping()));
    assertEquals(10_000, run.stopping().report().inFlight().size());
    calls.forEach(call -> call.done(null));
    frames.forEach(frame -> frame.exit(null, null));
    top.exit(null, null);
    bench.leave();
    bench.step();
    assertEquals(1, bench.runs.live().size());
    assertTrue(run.stopping().isQuiet());
  }

  @Test
  void theRootCanBeStoppedAndIsNeverForgotten() {
    Run root = bench.runs.root();
    bench.stop(root);
    assertThrows(RunStoppedException.class, () -> bench.boundary(Kind.HTTP).enter("GET"));
    bench.step();
    assertEquals(Status.STOPPED, root.status());
    assertSame(root, bench.runs.find("jvm"));
    assertTrue(bench.runs.live().contains(root));
    assertThrows(RunStoppedException.class, () -> bench.open("late"));
    assertThrows(RunStoppedException.class, () -> bench.boundary(Kind.HTTP).enter("GET"));
    assertEquals(Map.of("http", 2L), Bench.refused(root));
    assertEquals(1, bench.reported.size());
  }
}
