package io.belay.agent;

import io.belay.agent.control.About;
import io.belay.agent.control.Attachment;
import io.belay.agent.control.LocalControl;
import io.belay.agent.log.Log;
import io.belay.agent.rule.Mode;
import io.belay.agent.run.Run;
import io.belay.api.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Lets the command line find Belay in this JVM, speak to it, and change what can be changed. */
final class Presence implements Attachment {
  private static final List<Key<?>> CHANGEABLE =
      List.of(Keys.LOG_LEVEL, Keys.HTTP_PORT, Keys.HTTP_BIND, Keys.HTTP_TOKEN);

  private final Assembly assembly;
  private final Parts parts;
  private final AgentProperties properties;
  private final LocalControl local;
  private final Instant since = Instant.now();

  Presence(Assembly assembly, Parts parts) {
    this.assembly = assembly;
    this.parts = parts;
    this.properties = new AgentProperties(assembly.instrumentation);
    this.local =
        new LocalControl(
            parts.runs(),
            Spendings.shown(),
            () -> parts.coverage().shown(assembly.instrumentation),
            this::about,
            this);
  }

  void announce() {
    local.start();
    properties.announce(StartLine.version(), local::invitation);
  }

  void withdraw() {
    properties.withdraw();
    local.close();
  }

  private About about() {
    return new About(
        StartLine.version(),
        Runtime.version().toString(),
        assembly.settings().get(Keys.MODE) == Mode.OBSERVE ? "observe" : "enforce",
        assembly.beforeMain ? "at start" : "while running",
        since,
        assembly.doors().httpAddress(),
        Findings.of(assembly, parts));
  }

  @Override
  public synchronized List<String> change(String arguments, boolean force) {
    try {
      Settings asked = Settings.read(arguments, new Properties(), Map.of());
      if (!asked.get(Keys.ENABLED)) {
        if (!force) {
          checkNothingIsStopping();
        }
        assembly.end();
        return List.of("detached: classes are as they were, and nothing of Belay is at work");
      }
      return apply(asked);
    } catch (SettingsException unreadable) {
      throw new IllegalArgumentException(unreadable.getMessage(), unreadable);
    }
  }

  /** Without Belay, what it keeps stopped would go on. */
  private void checkNothingIsStopping() {
    List<String> stopping = new ArrayList<>();
    List<Run> all = new ArrayList<>(parts.runs().live());
    all.add(parts.runs().root());
    for (Run run : all) {
      if (run.status() == Status.STOPPING) {
        stopping.add(run.id());
      }
    }
    if (!stopping.isEmpty() && assembly.settings().get(Keys.MODE) == Mode.ENFORCE) {
      throw new IllegalArgumentException(
          String.join(", ", stopping)
              + (stopping.size() == 1 ? " is" : " are")
              + " still stopping and would go on without Belay; wait, or detach with --force");
    }
  }

  private List<String> apply(Settings asked) throws SettingsException {
    Settings before = assembly.settings();
    List<Key<?>> changed = new ArrayList<>();
    List<String> fixed = new ArrayList<>();
    for (Key<?> key : Keys.all()) {
      if (asked.source(key) != null && !same(asked.orNull(key), before.orNull(key))) {
        changed.add(key);
        if (!CHANGEABLE.contains(key)) {
          fixed.add(key.name);
        }
      }
    }
    if (!fixed.isEmpty()) {
      throw new IllegalArgumentException(
          String.join(", ", fixed)
              + " cannot be changed while Belay is attached: detach it first (enabled=false), then"
              + " attach it with the new settings");
    }
    List<String> done = new ArrayList<>(asked.warnings());
    Settings now = before.with(asked);
    if (changed.contains(Keys.LOG_LEVEL)) {
      Log.level(now.get(Keys.LOG_LEVEL));
      done.add("log.level is " + now.get(Keys.LOG_LEVEL) + " now");
      changed.remove(Keys.LOG_LEVEL);
    }
    if (!changed.isEmpty()) {
      assembly.doors().move(parts, now);
      done.add("the control plane is at " + assembly.doors().httpAddress() + " now");
    }
    assembly.settings(now);
    if (done.isEmpty()) {
      done.add("Belay is attached already, with these settings");
    }
    return done;
  }

  /** Patterns of the same text mean the same. */
  private static boolean same(@Nullable Object asked, @Nullable Object now) {
    return String.valueOf(asked).equals(String.valueOf(now));
  }
}
