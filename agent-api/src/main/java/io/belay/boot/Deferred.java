package io.belay.boot;

import java.util.function.ObjLongConsumer;

/**
 * What a run's entry has returned when it only described its work: a publisher. Each subscription
 * does the work, for the run.
 */
public abstract class Deferred {
  /**
   * One subscription. What flows towards the source is the run's; what flows towards the subscriber
   * belongs to whatever the subscribing thread worked for.
   */
  public abstract static class Part {
    /** The thread that subscribed has done its part; the work may go on elsewhere. */
    public abstract void leave();

    /**
     * The current thread turns to the source.
     *
     * @return what {@link #back} needs; may be {@code null}
     */
    public abstract Object inwards();

    /** The current thread turns to the subscriber. */
    public abstract Object outwards();

    /** The thread returns to what it was at. */
    public abstract void back(Object before);

    /** The subscription is over, with a failure or {@code null}. The first word counts. */
    public abstract void over(Throwable failure);
  }

  /**
   * Begins on the current thread, which works for the run until {@link Part#leave}.
   *
   * @param stopped told, on a thread of Belay's, when the run is stopped meanwhile: of the refusal
   *     to end the subscription with, and how many milliseconds its own source has to end it before
   * @throws RuntimeException when the run was stopped before
   */
  public abstract Part subscribe(ObjLongConsumer<RuntimeException> stopped);
}
