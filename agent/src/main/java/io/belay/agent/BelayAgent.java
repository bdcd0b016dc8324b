package io.belay.agent;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** The three ways into belay.jar: at start, into a running JVM, from the command line. */
public final class BelayAgent {
  private BelayAgent() {}

  /** Called by the JVM before {@code main}. */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {}

  /** Called by the JVM when the agent is attached to it while it runs. */
  public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {}

  /** The command line. */
  public static void main(String[] arguments) {}
}
