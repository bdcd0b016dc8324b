package io.belay.agent;

import io.belay.agent.cli.CommandLine;
import io.belay.agent.log.Log;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The three ways into belay.jar: at start, into a running JVM, from the command line.
 *
 * <p>This class refers to nothing that lives in the boot loader, so it can be loaded before that is
 * filled. On the way to {@code main} nothing touches {@code java.util.logging}, {@code
 * java.nio.file} or {@code javax.management}: applications choose their own implementations of
 * those in their first lines.
 */
public final class BelayAgent {
  private BelayAgent() {}

  /** Called by the JVM before {@code main}. */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    if (!BootClasses.present()) {
      begin(arguments, instrumentation, true);
    } else if (arguments == null || arguments.isBlank()) {
      Log.warn("-javaagent names belay.jar twice; once is enough");
    } else {
      refuse(
          "-javaagent names belay.jar twice; give all settings to one of them",
          instrumentation,
          true);
    }
  }

  /** Called by the JVM when the agent is attached to it while it runs. */
  public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
    if (!BootClasses.present() || !Assembly.change(arguments, instrumentation)) {
      begin(arguments, instrumentation, false);
    }
  }

  private static void begin(
      @Nullable String arguments, Instrumentation instrumentation, boolean beforeMain) {
    Settings settings;
    try {
      settings = Settings.read(arguments);
    } catch (SettingsException unreadable) {
      refuse(unreadable.getMessage(), instrumentation, beforeMain);
      return;
    }
    try {
      Log.level(settings.get(Keys.LOG_LEVEL));
      for (String warning : settings.warnings()) {
        Log.warn(warning);
      }
      if (settings.get(Keys.ENABLED)) {
        Unsupported.check(settings);
        BootClasses.define(instrumentation);
        Assembly.start(settings, instrumentation, beforeMain);
        BootClasses.close();
      }
      if (!beforeMain) {
        tell(settings, instrumentation);
      }
    } catch (SettingsException impossible) {
      refuse(impossible.getMessage(), instrumentation, beforeMain);
    } catch (Throwable fault) {
      // The application starts all the same, unless somebody relies on what would be missing.
      Log.error("Belay could not start and does nothing", fault);
      if (!beforeMain) {
        new AgentProperties(instrumentation).say("Belay could not start: " + fault);
      } else if (!settings.get(Keys.REQUIRE).isEmpty()) {
        refuse("belay.require is set, so the JVM ends: " + fault, instrumentation, beforeMain);
      }
    }
  }

  /** Whoever attaches does not see what is logged here. */
  private static void tell(Settings settings, Instrumentation instrumentation) {
    List<String> lines = new ArrayList<>(settings.warnings());
    if (!settings.get(Keys.ENABLED)) {
      lines.add("Belay is not attached to this JVM, so there is nothing to detach");
    }
    if (!lines.isEmpty()) {
      new AgentProperties(instrumentation).say(String.join("\n", lines));
    }
  }

  /** A limit that was asked for must not be silently absent: the JVM does not start without it. */
  private static void refuse(
      @Nullable String why, Instrumentation instrumentation, boolean beforeMain) {
    Log.fatal(String.valueOf(why));
    if (beforeMain) {
      System.exit(1);
    }
    new AgentProperties(instrumentation).say(String.valueOf(why));
  }

  /** The command line. */
  public static void main(String[] arguments) {
    System.exit(CommandLine.run(arguments));
  }
}
