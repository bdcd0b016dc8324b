package io.belay.agent;

import io.belay.agent.log.Log;
import io.belay.agent.run.MethodPattern;
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

  private final Settings settings;
  private final Instrumentation instrumentation;
  private final FirstUse firstUse = new FirstUse(this);
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Parts parts;
  private boolean impossible; // Guarded by lock.

  private Assembly(Settings settings, Instrumentation instrumentation) {
    this.settings = settings;
    this.instrumentation = instrumentation;
  }

  static void start(Settings settings, Instrumentation instrumentation, boolean beforeMain)
      throws SettingsException {
    Assembly assembly = new Assembly(settings, instrumentation);
    FirstUse firstUse = assembly.firstUse;
    boolean late = beforeMain && !assembly.isNeededNow() && firstUse.canWait(instrumentation);
    instrumentation.addTransformer(firstUse, true);
    if (late) {
      Belay.attach(new LateApi(assembly));
    } else {
      assembly.put();
    }
    Doors.open(settings, assembly, beforeMain);
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
