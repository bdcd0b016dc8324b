package io.belay.it.jdbc;

import io.belay.api.Belay;
import java.util.concurrent.Callable;

/** Runs and stops of an application that must also work where there is no Belay: the control. */
final class Stops {
  private static final String REFUSAL = "io.belay.api.RunStoppedException";
  private static final boolean BELAY = isThere();

  private Stops() {}

  private static boolean isThere() {
    try {
      Class.forName(REFUSAL);
      return true;
    } catch (ClassNotFoundException control) {
      return false;
    }
  }

  /** Does {@code work} as a run. */
  static <T> T run(String id, Callable<T> work) throws Exception {
    return BELAY ? Belay.run(id, work) : work.call();
  }

  /** Stops the run that the thread works for. */
  static Object stop() {
    if (BELAY) {
      Belay.current().stop("here");
    }
    return null;
  }

  static boolean isRefusal(Throwable thrown) {
    return thrown.getClass().getName().equals(REFUSAL);
  }
}
