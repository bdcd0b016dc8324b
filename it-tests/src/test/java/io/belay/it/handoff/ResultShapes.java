package io.belay.it.handoff;

import static io.belay.it.handoff.Cells.expect;

import io.belay.api.Belay;
import io.belay.api.Run;
import io.belay.api.RunStoppedException;
import io.belay.api.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What must hold of publishers that a run's entry returns. */
final class ResultShapes {
  /** The methods of this class are entries of runs. */
  static final String ENTRIES = "io.belay.it.handoff.Results$Entries#*(id=0)";

  private static final AtomicInteger IDS = new AtomicInteger();

  private ResultShapes() {}

  /** What a publisher waits for, and the run that made it. */
  static final class Source {
    private final CompletableFuture<Run> run = new CompletableFuture<>();
    private final CompletableFuture<Runnable> emission = new CompletableFuture<>();

    /** It is being made. */
    void begun() {
      run.complete(Belay.current());
    }

    /** It is subscribed to: {@code emission} has it emit all that it has. */
    void open(Runnable emission) {
      this.emission.complete(emission);
    }
  }

  /** A way to make one. */
  interface Maker {
    Object make(String id, Source source);
  }

  /** A way to subscribe to one. */
  interface Subscription {
    void begin(Object publisher, Runnable done, Consumer<Throwable> failed);
  }

  /** A type of publishers: made by an entry, made by any method. */
  record Kind(Maker entry, Maker plain, Subscription subscription) {}

  static Map<String, Callable<String>> all(Map<String, Kind> kinds) {
    Map<String, Callable<String>> all = new LinkedHashMap<>();
    kinds.forEach(
        (name, kind) -> {
          Maker byApi = (id, source) -> inRun(id, () -> kind.plain.make(id, source));
          all.put(name + " of an entry is stopped", () -> isStopped(kind, kind.entry));
          all.put(name + " of an entry is completed", () -> isCompleted(kind, kind.entry));
          all.put(name + " of Belay.run is stopped", () -> isStopped(kind, byApi));
          all.put(name + " of Belay.run is completed", () -> isCompleted(kind, byApi));
        });
    return all;
  }

  /** Without the agent: each goes on, although what made it was told to stop. */
  static Map<String, Callable<String>> control(Map<String, Kind> kinds) {
    Map<String, Callable<String>> all = new LinkedHashMap<>();
    kinds.forEach((name, kind) -> all.put(name + " goes on", () -> goesOn(kind)));
    return all;
  }

  private static String isStopped(Kind kind, Maker maker) throws Exception {
    String id = "result-" + IDS.incrementAndGet();
    Source source = new Source();
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Object publisher = maker.make(id, source);
    Run run = source.run.get();
    expect(id, run.id(), "it is made in");
    expect(Status.RUNNING, run.status(), "when its entry has returned the run is");
    kind.subscription.begin(publisher, () -> end.complete(null), end::complete);
    source.emission.get(60, TimeUnit.SECONDS);
    run.stop("while it is silent");
    if (!(end.get(60, TimeUnit.SECONDS) instanceof RunStoppedException refusal)) {
      throw new AssertionError("the subscription ended by " + end.get());
    }
    expect(id, refusal.runId(), "the subscription is told of");
    Cells.await("the run is stopped", () -> run.status() == Status.STOPPED);
    return null;
  }

  private static String isCompleted(Kind kind, Maker maker) throws Exception {
    String id = "result-" + IDS.incrementAndGet();
    Source source = new Source();
    AtomicInteger ends = new AtomicInteger();
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Object publisher = maker.make(id, source);
    kind.subscription.begin(
        publisher,
        () -> {
          ends.incrementAndGet();
          end.complete(null);
        },
        failure -> {
          ends.incrementAndGet();
          end.complete(failure);
        });
    Run run = source.run.get();
    expect(Status.RUNNING, run.status(), "while the subscription lasts the run is");
    source.emission.get(60, TimeUnit.SECONDS).run();
    expect("null", String.valueOf(end.get(60, TimeUnit.SECONDS)), "the subscription ended by");
    Cells.await("the run is completed", () -> run.status() == Status.COMPLETED);
    run.stop("too late");
    expect(Status.COMPLETED, run.status(), "after a stop that comes too late the run is");
    expect(1, ends.get(), "the subscription's ends are");
    return null;
  }

  private static String goesOn(Kind kind) throws Exception {
    Source source = new Source();
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Object publisher = kind.entry.make("control", source);
    kind.subscription.begin(publisher, () -> end.complete(null), end::complete);
    Runnable emission = source.emission.get(60, TimeUnit.SECONDS);
    source.run.get().stop("control");
    emission.run();
    expect("null", String.valueOf(end.get(60, TimeUnit.SECONDS)), "the subscription ended by");
    return null;
  }

  private static Object inRun(String id, Callable<Object> body) {
    try {
      return Belay.run(id, body);
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
