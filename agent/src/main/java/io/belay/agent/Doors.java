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
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Opens the control plane, and says the one line that Belay says at start.
 *
 * <p>Before {@code main} it is only made sure that the port is free: the server itself reaches for
 * {@code java.util.logging}, whose implementation is the application's to choose, so it is opened
 * once {@code main} runs.
 */
final class Doors {
  private static final long SHORT_PROGRAM = 1_000_000_000L;

  private Doors() {}

  static void open(Settings settings, Assembly assembly, boolean beforeMain)
      throws SettingsException {
    StartLine line = new StartLine(settings);
    Integer port = settings.orNull(Keys.HTTP_PORT);
    @Nullable HttpOptions options = null;
    if (port == null) {
      line.say("");
    } else {
      options = new HttpOptions(port, settings.get(Keys.HTTP_BIND), token(settings));
      if (beforeMain) {
        probe(options);
      }
    }
    Thread main = beforeMain ? Thread.currentThread() : null;
    Threads.start(new Opening(assembly, options, line, main), "belay-start");
  }

  /** Opens them on a thread of ours. */
  private record Opening(
      Assembly assembly, @Nullable HttpOptions options, StartLine line, @Nullable Thread main)
      implements Runnable {
    @Override
    public void run() {
      if (main != null) {
        MainReached.await(main);
      }
      if (options == null) {
        // Nobody waits for this door, and short programs never need it.
        LockSupport.parkNanos(SHORT_PROGRAM);
      }
      Parts parts = assembly.await();
      if (parts != null) {
        start(controls(parts, options), options == null ? null : line, main != null);
      }
    }
  }

  private static Controls controls(Parts parts, @Nullable HttpOptions options) {
    Runs runs = parts.runs();
    Budgets budgets = Spendings.shown();
    List<Control> doors = new ArrayList<>();
    doors.add(new JmxControl(runs, budgets, runs.journal()));
    if (options != null) {
      doors.add(new HttpControl(options, runs, budgets, parts.coverage()::shown, runs.journal()));
    }
    return new Controls(doors);
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
