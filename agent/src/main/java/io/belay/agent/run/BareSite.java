package io.belay.agent.run;

import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** Where an application looks at a task that it gave away: it gets to see its own. */
public final class BareSite extends Site {
  /** A method of the application that is given tasks. */
  public BareSite(String boundary, String label) {
    super(boundary, label);
  }

  @Override
  @Nullable Object carry(@Nullable Object self, @Nullable Object task) {
    if (task instanceof Recurring recurring) {
      return recurring.task();
    }
    return task instanceof Carried carried ? carried.task() : task;
  }

  /** A pool is asked to remove a task: what it has in its queue may be wrapped. */
  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    if (args != null && args[0] != null && self instanceof ThreadPoolExecutor pool) {
      for (Object queued : pool.getQueue()) {
        if (queued instanceof Carried carried && carried.task().equals(args[0])) {
          args[0] = queued;
          return (Ticket)
              (result, thrown) -> {
                if (Boolean.TRUE.equals(result)) {
                  carried.giveUp();
                }
                return result;
              };
        }
      }
      if (Bonds.of(args[0]) instanceof Bond bond) {
        bond.giveUp();
      }
    }
    return null;
  }
}
