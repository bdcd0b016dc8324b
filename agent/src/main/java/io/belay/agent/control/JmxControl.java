package io.belay.agent.control;

import io.belay.agent.run.Runs;
import io.belay.agent.run.Threads;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs over JMX. Making the platform's MBean server would set up the application's logging before
 * the application can choose how, and costs start-up time; so this waits until somebody else has
 * made it, the application or a console that attaches, and only then joins. Where the JVM's image
 * has no {@code java.management} there is nothing to wait for: no type of that module is named
 * here.
 */
public final class JmxControl implements Control {
  static final String NAME = "io.belay:type=Runs";
  private static final long LOOK_EVERY = 1_000_000_000L;

  private final Runs runs;
  private final Budgets budgets;
  private final Runs.Journal journal;
  private volatile boolean open;
  private volatile boolean joined;
  private volatile @Nullable Thread looking;

  /**
   * A door that is yet to be opened.
   *
   * @param journal hears of faults
   */
  public JmxControl(Runs runs, Budgets budgets, Runs.Journal journal) {
    this.runs = runs;
    this.budgets = budgets;
    this.journal = journal;
  }

  @Override
  public synchronized void start() {
    if (!open && ModuleLayer.boot().findModule("java.management").isPresent()) {
      open = true;
      looking = Threads.start(this::joinOnceThere, "belay-jmx");
    }
  }

  private void joinOnceThere() {
    try {
      while (open && !joined) {
        joined = MBeans.join(NAME, new RunsBean(runs, budgets));
        if (!joined) {
          LockSupport.parkNanos(this, LOOK_EVERY);
        }
      }
      if (!open) {
        MBeans.leave(NAME);
      }
    } catch (Throwable fault) {
      journal.fault("joining JMX", fault);
    }
  }

  /** The object name; empty until there is a server to be found in. */
  @Override
  public String address() {
    return open && joined ? NAME : "";
  }

  @Override
  public synchronized void close() {
    if (!open) {
      return;
    }
    open = false;
    LockSupport.unpark(looking);
    try {
      if (joined) {
        MBeans.leave(NAME);
      }
    } catch (Throwable fault) {
      journal.fault("leaving JMX", fault);
    }
  }
}
