package io.belay.agent.run;

import java.util.Collection;
import java.util.List;
import java.util.ListIterator;
import java.util.TimerTask;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Where a task is given up before it began: cancelled, rejected, taken out of a queue that shuts
 * down. Its run does not wait for it any more; should somebody do it all the same, it is the run's
 * again meanwhile.
 */
public final class DropSite extends Site {
  /** A way to give tasks up. */
  public DropSite(String boundary, String label) {
    super(boundary, label);
  }

  /** The task is a parameter, or the oldest in the pool that is one; it stays as it is. */
  @Override
  @Nullable Object carry(@Nullable Object self, @Nullable Object task) {
    drop(task instanceof ThreadPoolExecutor pool ? pool.getQueue().peek() : task);
    return task;
  }

  /** A future that is being cancelled forgets its task, so that is looked for before. */
  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    Work work = self == null ? null : Held.by(self);
    if (work == null) {
      return null;
    }
    return (Ticket)
        (result, thrown) -> {
          if (Boolean.TRUE.equals(result)) {
            work.giveUp();
          }
          return result;
        };
  }

  /** The receiver was cancelled, or the result is what a queue still held. */
  @Override
  void opened(@Nullable Object self, @Nullable Object made) {
    if (made instanceof List<?> dropped) {
      dropped.forEach(DropSite::drop);
      unwrap(dropped);
    } else {
      drop(self);
    }
  }

  private static void drop(@Nullable Object task) {
    if (task == null) {
      return;
    }
    Work work = Queued.inside(task);
    if (work == null && task instanceof ForkJoinTask) {
      work = Bonds.takeForked(task) instanceof Bond bond ? bond : null;
    } else if (work == null && (task instanceof TimerTask || task instanceof Runnable)) {
      work = Bonds.take(task) instanceof Bond bond ? bond : null;
    }
    if (work != null) {
      work.giveUp();
    }
  }

  /** The application gets back what it gave. */
  @SuppressWarnings("unchecked") // what comes out of a Carried of a Runnable is a Runnable
  private static void unwrap(Collection<?> dropped) {
    if (dropped instanceof List<?> list) {
      for (ListIterator<Object> all = ((List<Object>) list).listIterator(); all.hasNext(); ) {
        if (all.next() instanceof Carried carried) {
          all.set(carried.task());
        }
      }
    }
  }
}
