package io.belay.agent;

import io.belay.agent.control.Control;
import io.belay.agent.control.ControlException;
import io.belay.agent.control.HttpControl;
import io.belay.agent.control.HttpOptions;
import io.belay.agent.control.JmxControl;
import io.belay.agent.control.Webhook;
import io.belay.agent.log.Log;
import io.belay.agent.run.Threads;
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

  private final Assembly assembly;
  private @Nullable Control jmx; // Guarded by this.
  private @Nullable Control http; // Guarded by this.
  private @Nullable Control webhook; // Guarded by this.
  private @Nullable Presence presence; // Guarded by this.
  private @Nullable Thread atExit; // Guarded by this.
  private boolean closed; // Guarded by this.

  Doors(Assembly assembly) {
    this.assembly = assembly;
  }

  /** Opens all of them; if {@code main} is still to come, once it has. */
  void open() throws SettingsException {
    StartLine line = new StartLine(assembly.settings());
    HttpOptions options = options(assembly.settings());
    if (options == null) {
      line.say("");
    } else {
      probe(options);
    }
    if (assembly.beforeMain) {
      if (options != null) {
        sayAtExit(line);
      }
      Threads.start(new Opening(this, options, line, Thread.currentThread()), "belay-start");
    } else {
      openAll(line, options);
    }
  }

  /** Opens them on a thread of ours. */
  private record Opening(Doors doors, @Nullable HttpOptions options, StartLine line, Thread main)
      implements Runnable {
    @Override
    public void run() {
      MainReached.await(main);
      if (options == null) {
        // Nobody waits for this door, and short programs never need it.
        LockSupport.parkNanos(SHORT_PROGRAM);
      }
      try {
        doors.openAll(line, options);
      } catch (SettingsException impossible) {
        doors.sayNothingAtExit(); // Why the program ends is one line.
        Log.fatal(String.valueOf(impossible.getMessage()));
        System.exit(1);
      }
    }
  }

  private void openAll(StartLine line, @Nullable HttpOptions options) throws SettingsException {
    Parts parts = assembly.await();
    if (parts == null) {
      return;
    }
    synchronized (this) {
      if (closed) {
        return;
      }
      // What people wait for comes first.
      if (options != null) {
        http(parts, options);
        line.say(httpAddress());
        sayNothingAtExit();
      }
      String url = assembly.settings().orNull(Keys.ON_STOP);
      if (url != null) {
        webhook(parts, url);
      }
      presence = new Presence(assembly, parts);
      presence.announce();
      JmxControl beans = new JmxControl(parts.runs(), Spendings.shown(), parts.runs().journal());
      beans.start();
      jmx = beans;
    }
  }

  /** A program that ends before the door is open has its line all the same. */
  private record Unopened(StartLine line) implements Runnable {
    @Override
    public void run() {
      line.say("not open before the end of the program");
    }
  }

  private synchronized void sayAtExit(StartLine line) {
    Thread hook = Threads.make(new Unopened(line), "belay-start-line");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      atExit = hook;
    } catch (IllegalStateException ending) {
      line.say("off, since the program ends");
    }
  }

  private synchronized void sayNothingAtExit() {
    if (atExit != null) {
      Shutdown.forget(atExit);
      atExit = null;
    }
  }

  /** Applies settings; see {@link Presence#change}. */
  synchronized List<String> change(String arguments) {
    if (presence == null) {
      throw new IllegalArgumentException("Belay is still starting in this JVM; try again");
    }
    return presence.change(arguments, false);
  }

  /** Moves the HTTP control plane to where the settings say; takes none of the old one's calls. */
  synchronized void move(Parts parts, Settings settings) throws SettingsException {
    HttpOptions options = options(settings);
    if (http != null) {
      http.close();
      http = null;
    }
    if (options != null) {
      probe(options);
      http(parts, options);
    }
  }

  private synchronized void http(Parts parts, HttpOptions options) throws SettingsException {
    HttpControl opening =
        new HttpControl(
            options,
            parts.runs(),
            Spendings.shown(),
            () -> parts.coverage().shown(assembly.instrumentation),
            parts.runs().journal());
    try {
      opening.start();
      http = opening;
    } catch (ControlException impossible) {
      throw new SettingsException(List.of(String.valueOf(impossible.getMessage())));
    }
  }

  private synchronized void webhook(Parts parts, String url) {
    @Nullable String secret = assembly.settings().orNull(Keys.ON_STOP_SECRET);
    Webhook telling =
        new Webhook(url, secret == null ? "" : secret, parts.runs(), Spendings.shown());
    parts.journal().alsoTell(telling::stopped);
    telling.start();
    webhook = telling;
  }

  /** Where the HTTP control plane is; empty when it is off. */
  synchronized String httpAddress() {
    return http == null ? "" : http.address();
  }

  private static @Nullable HttpOptions options(Settings settings) {
    Integer port = settings.orNull(Keys.HTTP_PORT);
    @Nullable String token = settings.orNull(Keys.HTTP_TOKEN);
    return port == null
        ? null
        : new HttpOptions(port, settings.get(Keys.HTTP_BIND), token == null ? "" : token);
  }

  private static void probe(HttpOptions options) throws SettingsException {
    try {
      options.probe();
    } catch (ControlException impossible) {
      throw new SettingsException(List.of(String.valueOf(impossible.getMessage())));
    }
  }

  /** Closes all, the one that it may be asked through last. */
  synchronized void close() {
    closed = true;
    sayNothingAtExit();
    if (http != null) {
      http.close();
    }
    if (jmx != null) {
      jmx.close();
    }
    if (webhook != null) {
      webhook.close();
    }
    if (presence != null) {
      presence.withdraw();
    }
  }
}
