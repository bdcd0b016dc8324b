package io.belay.agent.run;

import org.jspecify.annotations.Nullable;

/** A member of at most one {@link Chain}. */
class Link {
  @Nullable Chain chain; // Guarded by the chain's lock.
  @Nullable Link previous; // Guarded by the chain's lock.
  @Nullable Link next; // Guarded by the chain's lock.
}
