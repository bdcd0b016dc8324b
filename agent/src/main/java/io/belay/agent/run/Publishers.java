package io.belay.agent.run;

import io.belay.agent.rule.Limits;
import io.belay.boot.Deferred;
import io.belay.boot.DeferredAdapter;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Entries that return a publisher. The first subscription goes on with the run that the entry
 * began; each further one does the work again, and is a run by itself.
 */
public final class Publishers {
  private static volatile Function<Class<?>, @Nullable DeferredAdapter> adapters = type -> null;

  private Publishers() {}

  /** Says who knows the publishers of which classes. */
  public static void known(Function<Class<?>, @Nullable DeferredAdapter> by) {
    adapters = by;
  }

  /**
   * What the entry of {@code run} is to return for {@code result}, which then holds the run; {@code
   * result} itself when it is no publisher.
   */
  static @Nullable Object returned(Run run, @Nullable Object result) {
    DeferredAdapter adapter = result == null ? null : adapters.apply(result.getClass());
    if (adapter == null) {
      return result;
    }
    Subscribed first = Subscribed.awaited(run);
    try {
      Object told = adapter.wrapped(result, new Once(run, first));
      if (told == result) { // A version that the adapter does not know.
        first.giveUp();
      }
      return told;
    } catch (Throwable fault) {
      first.giveUp();
      run.runs.gatekeeper().fault("a publisher of run " + run.id(), fault);
      return result;
    }
  }

  /** It keeps no run in memory that is over: publishers may be kept for good. */
  private static final class Once extends Deferred {
    private final Runs runs;
    private final String name;
    private final String origin;
    private final AtomicReference<@Nullable Subscribed> first;

    Once(Run run, Subscribed first) {
      this.runs = run.runs;
      this.name = run.name();
      this.origin = run.origin();
      this.first = new AtomicReference<>(first);
    }

    @Override
    public Part subscribe(ObjLongConsumer<RuntimeException> stopped) {
      Subscribed mine = first.getAndSet(null);
      return (mine == null ? again() : mine).begin(stopped);
    }

    private Subscribed again() {
      Frame frame = Frame.open(runs, "", name, origin, Limits.NONE);
      Subscribed next = Subscribed.awaited(frame.run);
      frame.exit(null, null);
      return next;
    }
  }
}
