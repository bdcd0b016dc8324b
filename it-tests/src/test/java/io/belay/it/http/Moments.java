package io.belay.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import java.util.List;

/**
 * The moments at which a stop may find an HTTP call, the same for every client. Each proves its
 * control first, and afterwards that the client still serves.
 */
final class Moments {
  static final String STOPPED = "io.belay.api.RunStoppedException";

  private final Provider provider;
  private final Class<? extends HttpApp> app;
  private final String[] options;

  Moments(Provider provider, Class<? extends HttpApp> app, String... options) {
    this.provider = provider;
    this.app = app;
    this.options = options;
  }

  private Work start(Jvm jvm, String what, String key) {
    return jvm.start(app, key, what, key, provider.url(key));
  }

  /** Between two calls: the second is never sent, whether or not the first refusal is swallowed. */
  void beforeACall(Setting setting) {
    for (String what : List.of("twice", "swallow")) {
      String control = Setting.unique("control");
      Jvm plain = setting.withoutBelay();
      provider.answering(control, call -> call.answer(200, "text/plain", "a"));
      Work untouched = start(plain, what, control);
      plain.cue(control, "go on");
      assertEquals(what.equals("twice") ? "aa" : "aaa", untouched.result());

      String run = Setting.unique("before");
      Jvm belay = setting.withBelay(options);
      Work work = start(belay, what, run);
      provider.await(run).answer(200, "text/plain", "a");
      belay.awaitMoment(run, "answered");
      belay.stop(run);
      belay.cue(run, "go on");
      assertEquals(STOPPED, work.thrown().type(), work.thrown()::toString);
      assertEquals(1, provider.requests(run));
      stillServes(belay);
    }
  }

  /** The request has arrived, nothing is answered. */
  void whileNothingArrives(Setting setting, String what) {
    String control = Setting.unique("control");
    Work untouched = start(setting.withoutBelay(), what, control);
    provider.await(control).answer(200, "text/plain", "a");
    assertEquals("a", untouched.result());

    String run = Setting.unique("waiting");
    Jvm belay = setting.withBelay(options);
    Work work = start(belay, what, run);
    Arrival call = provider.await(run);
    stopAndTime(belay, run, work, what + " waiting");
    assertTrue(call.awaitClientLeft());
    assertTrue(work.thrown().has(STOPPED), work.thrown()::toString);
    assertEquals(1, provider.requests(run));
    stillServes(belay);
  }

  /** Some of the body has come, no more comes. */
  void whileTheBodyStalls(Setting setting) {
    controlOfAStream(setting);
    String run = Setting.unique("stalled");
    Jvm belay = setting.withBelay(options);
    Work work = start(belay, "stream", run);
    Arrival call = provider.await(run);
    call.stream();
    call.event("one");
    belay.awaitMoment(run, "data: one");
    stopAndTime(belay, run, work, "stream stalled");
    assertTrue(call.awaitClientLeft());
    assertTrue(work.thrown().has(STOPPED), work.thrown()::toString);
    stillServes(belay);
  }

  /** The body is coming, a chunk every moment. */
  void whileChunksArrive(Setting setting) {
    controlOfAStream(setting);
    String run = Setting.unique("arriving");
    Jvm belay = setting.withBelay(options);
    Work work = start(belay, "stream", run);
    Arrival call = provider.await(run);
    call.stream();
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; call.event("chunk " + i) && !call.clientLeft(); i++) {
                Thread.yield();
              }
            });
    writer.start();
    belay.awaitMoment(run, "data: chunk 5");
    stopAndTime(belay, run, work, "stream arriving");
    assertTrue(call.awaitClientLeft());
    assertTrue(work.thrown().has(STOPPED), work.thrown()::toString);
    stillServes(belay);
  }

  private void controlOfAStream(Setting setting) {
    String control = Setting.unique("control");
    Work untouched = start(setting.withoutBelay(), "stream", control);
    Arrival call = provider.await(control);
    call.stream();
    call.event("one");
    call.event("two");
    call.end();
    assertEquals("data: one\ndata: two\n", untouched.result());
  }

  /** Measured for the reader of the test's output; on a busy machine it says little. */
  private static void stopAndTime(Jvm belay, String run, Work work, String what) {
    belay.stop(run);
    long acknowledged = System.nanoTime();
    work.thrown();
    System.out.printf(
        "%s: caller free %.1f ms after the acknowledgement%n",
        what, (System.nanoTime() - acknowledged) / 1e6);
  }

  /** Another run, the same client. */
  void stillServes(Jvm belay) {
    for (String what : List.of("call", "later")) {
      String run = Setting.unique("after");
      Work work = start(belay, what, run);
      provider.await(run).answer(200, "text/plain", "fine");
      assertEquals("fine", work.result());
    }
  }
}
