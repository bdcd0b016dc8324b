package io.belay.agent;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** The classes that are loaded. */
final class Loaded {
  private static final Class<?>[] NONE = {};

  private Loaded() {}

  /** All of them; none in a JVM that is about to end, which answers {@code null}. */
  static Class<?>[] classes(Instrumentation instrumentation) {
    Class<?> @Nullable [] all = instrumentation.getAllLoadedClasses();
    return all == null ? NONE : all;
  }
}
