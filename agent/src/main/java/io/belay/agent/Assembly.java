package io.belay.agent;

import io.belay.agent.control.FlightRecords;
import io.belay.agent.log.Log;
import io.belay.agent.rule.MethodPattern;
import io.belay.api.Belay;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Has the parts put together when the first of them is needed: a class that a boundary names is
 * loaded, the application uses the API, a door opens. A program that does none of that starts
 * without them.
 */
final class Assembly {
  /** How long a class waits, while it loads, for another thread that puts the parts together. */
  private static final long PATIENCE_SECONDS = 30;

  private static volatile @Nullable Assembly current;

  final Instrumentation instrumentation;
  final boolean beforeMain;
  private final FirstUse firstUse = new FirstUse(this);
  private final Doors doors = new Doors(this);
  private volatile Settings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Parts parts;
  private boolean impossible; // Guarded by lock.

  private Assembly(Settings settings, Instrumentation instrumentation, boolean beforeMain) {
    this.settings = settings;
    this.instrumentation = instrumentation;
    this.beforeMain = beforeMain;
  }

  static void start(Settings settings, Instrumentation instrumentation, boolean beforeMain)
      throws SettingsException {
    Assembly assembly = new Assembly(settings, instrumentation, beforeMain);
    FirstUse firstUse = assembly.firstUse;
    boolean late = beforeMain && !assembly.isNeededNow() && firstUse.canWait(instrumentation);
    instrumentation.addTransformer(firstUse, true);
    if (late) {
      Belay.attach(new LateApi(assembly));
    } else {
      assembly.put();
    }
    Parts parts = assembly.parts;
    if (!beforeMain && parts != null) {
      parts.weaver().catchUpWithLoaded();
    }
    current = assembly;
    try {
      assembly.doors.open();
    } catch (SettingsException closed) {
      assembly.end();
      throw closed;
    }
  }

  /**
   * Attaches once more, by an agent that is loaded a second time.
   *
   * @return whether Belay is at work in this JVM; else it is yet to be started
   */
  static boolean change(@Nullable String arguments, Instrumentation instrumentation) {
    Assembly now = current;
    if (now == null) {
      return false;
    }
    AgentProperties properties = new AgentProperties(instrumentation);
    try {
      List<String> done = now.doors.change(arguments == null ? "" : arguments);
      properties.say(String.join("\n", done));
    } catch (IllegalArgumentException impossible) {
      Log.error(String.valueOf(impossible.getMessage()));
      properties.say(String.valueOf(impossible.getMessage()));
    }
    return true;
  }

  Settings settings() {
    return settings;
  }

  void settings(Settings changed) {
    settings = changed;
  }

  Doors doors() {
    return doors;
  }

  /**
   * Leaves the JVM as it was: classes as they were loaded, no thread, no door. Runs that live are
   * let go of: nobody stops them any more. The gate keeps its keeper, since woven methods that are
   * being executed now have yet to come back out through it.
   */
  void end() {
    current = null;
    Belay.attach(null);
    Parts all = parts;
    if (all == null || all.weaver().uninstall()) {
      instrumentation.removeTransformer(firstUse);
    }
    if (all != null) {
      all.runs().retire();
      FlightRecords.forget();
      Shutdown.forget(all.atExit());
    }
    doors.close();
  }

  /** What may turn out to be wrong, or counts from the start, is not put off. */
  private boolean isNeededNow() {
    return settings.source(Keys.PRICES) != null
        || settings.source(Keys.REQUIRE) != null
        || settings.source(Keys.BUDGET.time) != null
        || settings.source(Keys.BUDGET_JVM.time) != null
        || !nameClasses(Keys.RUN_ENTRYPOINTS)
        || !nameClasses(Keys.SHIELD)
        || settings.source(Keys.RUN_CARRY) != null
        || !nameClasses(Keys.RUN_NONE);
  }

  /**
   * Has the classes that these patterns name watched; false when one leaves open which they are.
   */
  private boolean nameClasses(Key<List<MethodPattern>> key) {
    if (settings.source(key) != null) {
      for (MethodPattern pattern : settings.get(key)) {
        String exact = pattern.exactClass();
        if (exact == null) {
          return false;
        }
        firstUse.alsoFor(exact);
      }
    }
    return true;
  }

  /**
   * The parts, put together now if they are not yet.
   *
   * @return null when that failed, has taken another thread too long, or is what this very thread
   *     is about
   */
  @Nullable Parts parts() {
    Parts known = parts;
    if (known != null || lock.isHeldByCurrentThread()) {
      return known;
    }
    boolean interrupted = Thread.interrupted(); // The application's business, not the lock's.
    try {
      return lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS) ? lockedParts() : null;
    } catch (InterruptedException e) {
      interrupted = true;
      return await();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** As {@link #parts}, however long it takes; for threads that load no class meanwhile. */
  @Nullable Parts await() {
    lock.lock();
    return lockedParts();
  }

  private @Nullable Parts lockedParts() {
    try {
      if (parts == null && !impossible) {
        put();
      }
    } catch (Throwable fault) {
      impossible = true;
      Belay.attach(null);
      Log.error("Belay could not start and does nothing", fault);
    } finally {
      lock.unlock();
    }
    return parts;
  }

  private void put() throws SettingsException {
    lock.lock();
    try {
      parts = Parts.put(settings, instrumentation, firstUse);
    } finally {
      lock.unlock();
    }
  }
}
