package io.belay.it.r2dbc;

import io.belay.api.Belay;
import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Reactive applications that write reservations. Arguments: key, URL, and what each adds. */
final class Reservations {
  private static final Map<String, ConnectionFactory> FACTORIES = new ConcurrentHashMap<>();

  private Reservations() {}

  private static ConnectionFactory factory(String url) {
    return FACTORIES.computeIfAbsent(url, ConnectionFactories::get);
  }

  private static Mono<Void> execute(Connection connection, String sql) {
    return Flux.defer(() -> connection.createStatement(sql).execute())
        .flatMap(Result::getRowsUpdated)
        .then();
  }

  private static Mono<String> ask(Connection connection, String sql) {
    return Flux.defer(() -> connection.createStatement(sql).execute())
        .flatMap(result -> result.map((row, about) -> String.valueOf(row.get(0))))
        .last();
  }

  private static <T> T with(
      String url, java.util.function.Function<Connection, Publisher<T>> work) {
    return Mono.usingWhen(
            factory(url).create(),
            connection -> Mono.from(work.apply(connection)),
            Connection::close,
            (connection, failure) ->
                Mono.from(connection.rollbackTransaction()).then(Mono.from(connection.close())),
            Connection::close)
        .block();
  }

  /** Makes the table. */
  static final class Setup implements App {
    @Override
    public String run(String... args) {
      with(
          args[1],
          connection ->
              execute(connection, "drop table if exists reservation")
                  .then(execute(connection, "create table reservation (who varchar(40))")));
      return "";
    }
  }

  /** A transaction of two rows; argument 2 is the moment of the stop. */
  static final class Reserving implements App {
    @Override
    public String run(String... args) {
      try {
        with(
            args[1],
            connection ->
                Mono.from(connection.beginTransaction())
                    .then(stopIf(args[2].equals("first")))
                    .then(execute(connection, "insert into reservation values ('a')"))
                    .then(stopIf(args[2].equals("second")))
                    .then(execute(connection, "insert into reservation values ('b')"))
                    .then(stopIf(args[2].equals("end")))
                    .then(
                        args[2].equals("text")
                            ? stopIf(true).then(execute(connection, "COMMIT"))
                            : Mono.from(connection.commitTransaction())));
        return "ended";
      } finally {
        Script.tell(args[0], "cleaned");
      }
    }

    /** Wherever the driver calls back, the run is the one that subscribed. */
    private static Mono<Void> stopIf(boolean now) {
      return Mono.fromRunnable(
          () -> {
            if (now) {
              Belay.current().stop("here");
            }
          });
    }
  }

  /** Two runs on one connection: the one that wrote is stopped, the other commits. */
  static final class Shared implements App {
    @Override
    public String run(String... args) {
      return with(
          args[1],
          connection ->
              Mono.from(connection.beginTransaction())
                  .then(
                      // It waits, which the driver's own thread must not.
                      Mono.fromCallable(() -> writeAndStop(args[0], connection))
                          .subscribeOn(Schedulers.boundedElastic()))
                  .then(Mono.from(connection.commitTransaction()))
                  .thenReturn("committed"));
    }

    private static String writeAndStop(String key, Connection connection) throws Exception {
      return Belay.run(
          key + ".writer",
          () -> {
            execute(connection, "insert into reservation values ('a')").toFuture().get();
            Belay.current().stop("here");
            return "written";
          });
    }
  }

  /** What the next one finds; writes a row and takes it back. */
  static final class Next implements App {
    @Override
    public String run(String... args) {
      return with(
          args[1],
          connection ->
              ask(connection, "select count(*) from reservation")
                  .flatMap(
                      rows ->
                          Mono.from(connection.beginTransaction())
                              .then(execute(connection, "insert into reservation values ('next')"))
                              .then(Mono.from(connection.commitTransaction()))
                              .then(execute(connection, "delete from reservation"))
                              .thenReturn(
                                  rows + (connection.isAutoCommit() ? "" : ", not as before"))));
    }
  }
}
