package io.belay.boot;

/** Begins a call's run each time that what was returned for it is put to work. */
public abstract class Opening {
  /** That the current thread is at work for the call. */
  public abstract static class Open {
    /** The thread that opened it has done its part; the work may go on elsewhere. */
    public abstract void leave();

    /** The work has come to its end, with a failure or {@code null}. */
    public abstract void end(Throwable failure);
  }

  /** Begins it on the current thread; throws when it was stopped before it could start. */
  public abstract Open open();
}
