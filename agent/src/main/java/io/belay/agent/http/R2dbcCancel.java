package io.belay.agent.http;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Wrapped;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/**
 * Has a server end a statement. R2DBC has no word for that: some drivers' connections do, as
 * PostgreSQL's since 0.9; MariaDB's say what the server calls them, and another connection can name
 * that. Either way goes over a connection of its own and may arrive when the statement is over, so
 * nobody hears of the statement's end before the server has taken note.
 */
final class R2dbcCancel {
  private static final String METHOD = "cancelRequest";
  private static final String NUMBER = "getThreadId";

  /** In the context of what is subscribed to for a cancel, which no run has to answer for. */
  private static final Object OURS = new Object();

  /** Where more connections to the same server come from, for those that have a number there. */
  private static final Map<Connection, ConnectionFactory> FACTORIES =
      Collections.synchronizedMap(new WeakHashMap<>());

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

  /** Whether a subscription is of a cancel's own work. */
  static boolean isOurs(ContextView context) {
    return context.hasKey(OURS);
  }

  /** A connection has come out of a factory, or of a pool. */
  static void opened(Connection connection, ConnectionFactory factory) {
    for (Class<?> shown : connection.getClass().getInterfaces()) {
      try {
        shown.getMethod(NUMBER);
        FACTORIES.put(connection, factory);
      } catch (NoSuchMethodException other) {
        // Not this one.
      }
    }
  }

  /** What listens to a connection, or pools it, shows less than the driver's own. */
  private static @Nullable Publisher<?> request(Object connection) {
    Publisher<?> request = requestOf(connection);
    Object inside = connection;
    while (request == null && inside instanceof Wrapped<?> wrapped && wrapped.unwrap() != inside) {
      inside = wrapped.unwrap();
      request = inside == null ? null : requestOf(inside);
    }
    return request;
  }

  private static @Nullable Publisher<?> requestOf(Object connection) {
    ConnectionFactory factory = connection instanceof Connection ? FACTORIES.get(connection) : null;
    if (factory == null) {
      return (Publisher<?>) ask(connection, METHOD);
    }
    Object number = ask(connection, NUMBER);
    return number == null ? null : kill(factory, number);
  }

  private static Publisher<?> kill(ConnectionFactory factory, Object number) {
    return Mono.usingWhen(
            factory.create(),
            another ->
                Flux.from(another.createStatement("KILL QUERY " + number).execute())
                    .flatMap(Result::getRowsUpdated)
                    .then(),
            Connection::close)
        .contextWrite(context -> context.put(OURS, true));
  }

  private static @Nullable Object ask(Object connection, String method) {
    for (Class<?> shown : connection.getClass().getInterfaces()) {
      try {
        return shown.getMethod(method).invoke(connection);
      } catch (NoSuchMethodException other) {
        // Not this one.
      } catch (IllegalAccessException | InvocationTargetException unable) {
        return null;
      }
    }
    return null;
  }
}
