package io.belay.api;

/** Why a run was stopped. */
public enum Reason {
  /** Somebody asked for it: the control plane, the command line or JMX. */
  USER,
  /** The client of the request that the run answers has gone. */
  DISCONNECT,
  /** Its time limit was reached. */
  DEADLINE,
  /** A budget was spent. */
  BUDGET,
  /** A run above it was stopped. */
  PARENT,
  /** The JVM is shutting down. */
  SHUTDOWN,
  /** A flag in the application's own database. */
  DATABASE,
  /** A run in another JVM, for which this one works, was stopped. */
  UPSTREAM,
  /** The application called {@link Run#stop}. */
  API
}
