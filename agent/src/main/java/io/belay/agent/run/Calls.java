package io.belay.agent.run;

import io.belay.agent.rule.Limits;
import io.belay.api.Reason;
import io.belay.boot.Called;
import io.belay.boot.Opening;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The calls at work that can be taken back, each a run. */
public final class Calls {
  /** What is done for a call that is at work already. */
  private static final Opening.Open ABOVE =
      new Opening.Open() {
        @Override
        public void leave() {}

        @Override
        public void end(Throwable failure) {}
      };

  final Runs runs;
  private final ConcurrentHashMap<Called, Set<Run>> live = new ConcurrentHashMap<>();

  /** All calls of this JVM. */
  public Calls(Runs runs) {
    this.runs = runs;
  }

  /** Begins a call on the current thread. */
  Frame open(Called call, String origin) {
    Frame frame = Frame.open(runs, "", call.text, origin, Limits.NONE);
    live.compute(
        call,
        (same, known) -> {
          Set<Run> all = known == null ? ConcurrentHashMap.newKeySet() : known;
          all.add(frame.run);
          return all;
        });
    return frame;
  }

  /** Whether the current thread works for it: a place further up has begun it. */
  boolean isAtWork(Called call) {
    Run run = Carrier.slot().run;
    return run != null && live.getOrDefault(call, Set.of()).contains(run);
  }

  /** A call is over. */
  void ended(Called call, Run run) {
    live.computeIfPresent(
        call, (same, known) -> known.remove(run) && known.isEmpty() ? null : known);
  }

  /** Whoever asked for a call does not want it any more. */
  void takenBack(Called call, String by) {
    for (Run run : live.getOrDefault(call, Set.of())) {
      runs.stop(run, Reason.USER, by, call.text, false);
    }
  }

  /** For work that begins when somebody asks for it, perhaps more than once. */
  Opening later(Called call, String origin) {
    return new Opening() {
      @Override
      public Open open() {
        return isAtWork(call) ? ABOVE : new Part(call, Calls.this.open(call, origin));
      }
    };
  }

  private final class Part extends Opening.Open {
    private final Called call;
    private final Frame frame;
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    Part(Called call, Frame frame) {
      this.call = call;
      this.frame = frame;
    }

    @Override
    public void leave() {
      frame.exit(over, null);
    }

    @Override
    public void end(Throwable failure) {
      ended(call, frame.run);
      if (failure == null) {
        over.complete(null);
      } else {
        over.completeExceptionally(failure);
      }
    }
  }
}
