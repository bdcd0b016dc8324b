package io.belay.agent.run;

import io.belay.boot.Deferred;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Work of a run that is done once somebody subscribes to it, and until the subscription is over. It
 * holds its run as a queued task does: for as long as anybody still could do it. No thread is at
 * it; those that come by are at pieces of their own.
 */
final class Subscribed extends Work {
  /** What the outermost run's source has to fail by itself: it knows better what was cut off. */
  private static final long PATIENCE_MILLIS = 150;

  private static final int DEEPEST = 3;

  private volatile @Nullable ObjLongConsumer<RuntimeException> subscriber;

  private Subscribed(Run run) {
    super(run);
  }

  /** Of a run whose entry is about to return. */
  static Subscribed awaited(Run run) {
    Subscribed awaited = new Subscribed(run);
    awaited.join();
    return awaited;
  }

  @Override
  boolean isQueueable() {
    return true;
  }

  /** A stop took it out. Whoever has subscribed is told; whoever has not will be. */
  @Override
  void discard() {
    ObjLongConsumer<RuntimeException> told = subscriber;
    if (told != null) {
      told.accept(Refusals.notPublished(run), patience());
    }
  }

  /** Shorter further down: what fails there fails what is above, in its own way and only once. */
  private long patience() {
    int depth = 0;
    for (Run above = run.above(); above != null && above.above() != null; above = above.above()) {
      depth++;
    }
    return PATIENCE_MILLIS >> Math.min(depth, DEEPEST);
  }

  @Override
  boolean tellsOfStop() {
    return subscriber != null;
  }

  /** The current thread subscribes: a stop is seen here, or sees the subscriber. */
  Deferred.Part begin(ObjLongConsumer<RuntimeException> stopped) {
    Slot slot = Carrier.slot();
    Shield shield = slot.shield;
    subscriber = stopped;
    if (run.forbidsWork() && shield == null) {
      giveUp();
      throw Refusals.notPublished(run);
    }
    return new Part(slot.run, shield, Carried.Callback.begin(run, shield));
  }

  private final class Part extends Deferred.Part {
    private final @Nullable Run subscribers;
    private final @Nullable Shield shield;
    private final Carried.Callback subscribing;

    Part(@Nullable Run subscribers, @Nullable Shield shield, Carried.Callback subscribing) {
      this.subscribers = subscribers;
      this.shield = shield;
      this.subscribing = subscribing;
    }

    @Override
    public void leave() {
      subscribing.end();
    }

    @Override
    public Object inwards() {
      return Carried.Callback.begin(run, shield);
    }

    @Override
    public @Nullable Object outwards() {
      return subscribers == null || subscribers.above() == null
          ? BondedSite.forNobody()
          : Carried.Callback.begin(subscribers.live(), shield);
    }

    @Override
    public void back(@Nullable Object before) {
      if (before instanceof Carried.Callback callback) {
        callback.end();
      } else if (before instanceof Outer outer) {
        outer.back(Carrier.slot());
      }
    }

    @Override
    public void over(@Nullable Throwable failure) {
      if (!isDone()) {
        if (failure != null) {
          Frame.close(run, failure);
        }
        giveUp();
      }
    }
  }
}
