package io.belay.agent.run;

/** A member of at most one {@link Chain}. */
class Link {
  Chain chain; // Guarded by the chain's lock.
  Link previous; // Guarded by the chain's lock.
  Link next; // Guarded by the chain's lock.
}
