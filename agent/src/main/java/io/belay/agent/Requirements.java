package io.belay.agent;

import io.belay.agent.log.Log;
import java.util.List;

/** What {@code belay.require} demands: a boundary that cannot be woven ends the JVM. */
final class Requirements {
  private final List<String> boundaries;

  Requirements(List<String> boundaries) {
    this.boundaries = boundaries;
  }

  /** {@code boundary} is not what it should be. Does nothing when nobody requires it. */
  void missing(String boundary, String why) {
    if (boundaries.contains(boundary)) {
      Log.fatal(
          "belay.require names "
              + boundary
              + ", but "
              + why
              + "; the JVM ends. Leave it out of belay.require to run without it.");
      // Not exit: the thread that loads the class may hold what a shutdown hook waits for.
      Runtime.getRuntime().halt(1);
    }
  }
}
