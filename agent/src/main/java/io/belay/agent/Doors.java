package io.belay.agent;

import io.belay.agent.control.Budgets;
import io.belay.agent.control.Control;
import io.belay.agent.control.ControlException;
import io.belay.agent.control.Controls;
import io.belay.agent.control.HttpControl;
import io.belay.agent.control.HttpOptions;
import io.belay.agent.control.JmxControl;
import io.belay.agent.log.Log;
import io.belay.agent.run.Runs;
import io.belay.agent.run.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens the control plane, and says the one line that Belay says at start.
 *
 * <p>Before {@code main} it is only made sure that the port is free: the server itself reaches for
 * {@code java.util.logging}, whose implementation is the application's to choose, so it is opened
 * once {@code main} runs.
 */
final class Doors {
  private Doors() {}

  static void open(
      Settings settings,
      Runs runs,
      Budgets budgets,
      Supplier<io.belay.agent.control.Coverage> coverage,
      boolean beforeMain)
      throws SettingsException {
    StartLine line = new StartLine(settings);
    Integer port = settings.orNull(Keys.HTTP_PORT);
    List<Control> doors = new ArrayList<>();
    doors.add(new JmxControl(runs, budgets, runs.journal()));
    if (port == null) {
      line.say("");
    } else {
      HttpOptions options = new HttpOptions(port, settings.get(Keys.HTTP_BIND), token(settings));
      if (beforeMain) {
        probe(options);
      }
      doors.add(new HttpControl(options, runs, budgets, coverage, runs.journal()));
    }
    Controls controls = new Controls(doors);
    Thread main = Thread.currentThread();
    Threads.start(
        () -> {
          if (beforeMain) {
            MainReached.await(main);
          }
          start(controls, port == null ? null : line, beforeMain);
        },
        "belay-start");
  }

  private static void probe(HttpOptions options) throws SettingsException {
    try {
      options.probe();
    } catch (ControlException impossible) {
      throw new SettingsException(List.of(String.valueOf(impossible.getMessage())));
    }
  }

  private static void start(Controls controls, @Nullable StartLine line, boolean mustOpen) {
    try {
      controls.start();
      if (line != null) {
        line.say(controls.address());
      }
    } catch (ControlException impossible) {
      Log.fatal(String.valueOf(impossible.getMessage()));
      if (mustOpen) {
        System.exit(1);
      }
    }
  }

  private static String token(Settings settings) {
    @Nullable String token = settings.orNull(Keys.HTTP_TOKEN);
    return token == null ? "" : token;
  }
}
