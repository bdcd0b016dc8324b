package io.belay.it.handoff;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** What must hold of one hand-off in particular. */
final class Shapes {
  private Shapes() {}

  static Map<String, Callable<String>> all() {
    return new LinkedHashMap<>();
  }
}
