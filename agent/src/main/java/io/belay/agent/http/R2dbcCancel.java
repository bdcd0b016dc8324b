package io.belay.agent.http;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Has a server end a statement. R2DBC has no word for that: some drivers' connections do, as
 * PostgreSQL's since 0.9. It goes over a connection of its own and may arrive when the statement is
 * over, so nobody hears of the statement's end before the server has taken note.
 */
final class R2dbcCancel {
  private static final String METHOD = "cancelRequest";

  /** The application's own pipeline is worth more than a server that does not answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private boolean asked; // Guarded by this.
  private boolean answered; // Guarded by this.
  private List<Runnable> held = new ArrayList<>(1); // Guarded by this.

  /**
   * Asks, once, and then does what was held meanwhile, else {@code otherwise}.
   *
   * @return whether there is nothing else to be done about it
   */
  boolean ask(@Nullable Object connection, Runnable otherwise) {
    Publisher<?> request = connection == null ? null : request(connection);
    if (request == null) {
      return false;
    }
    synchronized (this) {
      if (asked) {
        return true;
      }
      asked = true;
    }
    Mono.from(request)
        .timeout(PATIENCE)
        .then()
        .onErrorResume(unheard -> Mono.empty())
        .doFinally(end -> Schedulers.parallel().schedule(() -> answered(otherwise)))
        .subscribe();
    return true;
  }

  /** Does {@code end}, when no request is on its way. */
  void afterwards(Runnable end) {
    synchronized (this) {
      if (asked && !answered) {
        held.add(end);
        return;
      }
    }
    end.run();
  }

  private void answered(Runnable otherwise) {
    List<Runnable> due;
    synchronized (this) {
      answered = true;
      due = held;
      held = List.of();
    }
    if (due.isEmpty()) {
      otherwise.run();
    }
    due.forEach(Runnable::run);
  }

  private static @Nullable Publisher<?> request(Object connection) {
    for (Class<?> shown : connection.getClass().getInterfaces()) {
      try {
        return (Publisher<?>) shown.getMethod(METHOD).invoke(connection);
      } catch (NoSuchMethodException other) {
        // Not this one.
      } catch (IllegalAccessException | InvocationTargetException | ClassCastException unable) {
        return null;
      }
    }
    return null;
  }
}
