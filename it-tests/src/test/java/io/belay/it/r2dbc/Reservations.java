package io.belay.it.r2dbc;

import io.belay.api.Belay;
import io.belay.api.Run;
import io.belay.api.RunStoppedException;
import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.ValidationDepth;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
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
    static Mono<Void> stopIf(boolean now) {
      return Mono.fromRunnable(
          () -> {
            if (now) {
              Belay.current().stop("here");
            }
          });
    }
  }

  /**
   * Ways to write and to end, of which argument 2 names one; before it comes a stop, if 3 says so.
   */
  static final class Ways implements App {
    @Override
    public String run(String... args) {
      with(
          args[1],
          connection ->
              Mono.from(connection.beginTransaction())
                  .then(execute(connection, "insert into reservation values ('a')"))
                  .then(Reserving.stopIf(args[3].equals("stopped")))
                  .then(way(connection, args[2], args[1]))
                  .then(Mono.from(connection.commitTransaction())));
      return "ended";
    }

    private static Mono<Void> way(Connection connection, String way, String url) {
      String insert = "insert into reservation values ('b')";
      String mark = url.contains("mariadb") ? "?" : "$1";
      return switch (way) {
        case "batch" ->
            Flux.defer(() -> connection.createBatch().add(insert).add(insert).execute())
                .flatMap(Result::getRowsUpdated)
                .then();
        case "add" ->
            Flux.defer(
                    () ->
                        connection
                            .createStatement("insert into reservation values (" + mark + ")")
                            .bind(0, "b")
                            .add()
                            .bind(0, "c")
                            .execute())
                .flatMap(Result::getRowsUpdated)
                .then();
        case "savepoint" ->
            Mono.from(connection.createSavepoint("here"))
                .then(execute(connection, insert))
                .then(execute(connection, insert));
        default -> Mono.from(connection.setAutoCommit(true));
      };
    }
  }

  /** A statement of its own, which argument 2 is; stopped afterwards, if 3 says so. */
  static final class Alone implements App {
    @Override
    public String run(String... args) {
      return with(
          args[1],
          connection ->
              execute(connection, args[2])
                  .then(Reserving.stopIf(args[3].equals("stopped")))
                  .thenReturn("ended"));
    }
  }

  /** A statement with a value, 'a', of its own; argument 2 is its text. */
  static final class Bound implements App {
    @Override
    public String run(String... args) {
      return with(
          args[1],
          connection ->
              Flux.defer(() -> connection.createStatement(args[2]).bind(0, "a").execute())
                  .flatMap(Result::getRowsUpdated)
                  .then(Mono.just("ended")));
    }
  }

  /** A statement with a value, which some drivers send only when somebody reads the result. */
  static final class Unread implements App {
    @Override
    public String run(String... args) {
      String insert = "insert into reservation values ($1)";
      return with(
          args[1],
          connection ->
              Flux.from(connection.createStatement(insert).bind(0, "a").execute())
                  .map(result -> result.filter(any -> true))
                  .collectList()
                  .delayUntil(results -> Reserving.stopIf(args[2].equals("stopped")))
                  .flatMapMany(Flux::fromIterable)
                  .flatMap(Result::getRowsUpdated)
                  .then()
                  .thenReturn("ended"));
    }
  }

  /** Whether its connection lives, asked by a run that was stopped in its transaction. */
  static final class Valid implements App {
    @Override
    public String run(String... args) {
      return with(
          args[1],
          connection ->
              Mono.from(connection.beginTransaction())
                  .then(execute(connection, "insert into reservation values ('a')"))
                  .then(Reserving.stopIf(true))
                  .then(Mono.from(connection.validate(ValidationDepth.REMOTE)))
                  .map(String::valueOf)
                  .delayUntil(valid -> connection.rollbackTransaction()));
    }
  }

  /** Two commits of one transaction by a run that is stopped before. */
  static final class Twice implements App {
    @Override
    public String run(String... args) {
      return with(
          args[1],
          connection ->
              Mono.from(connection.beginTransaction())
                  .then(execute(connection, "insert into reservation values ('a')"))
                  .then(Reserving.stopIf(true))
                  .then(Mono.from(connection.commitTransaction()))
                  .onErrorResume(refused -> Mono.from(connection.commitTransaction()))
                  .thenReturn("ended"));
    }
  }

  /** One value, which argument 2 asks for. */
  static final class Asking implements App {
    @Override
    public String run(String... args) {
      return with(args[1], connection -> ask(connection, args[2]));
    }
  }

  /** A transaction whose second statement lasts; argument 2 is its text. */
  static final class Lasting implements App {
    @Override
    public String run(String... args) {
      try {
        with(
            args[1],
            connection ->
                Mono.from(connection.beginTransaction())
                    .then(execute(connection, "insert into reservation values ('a')"))
                    .then(execute(connection, args[2]))
                    .then(Mono.from(connection.commitTransaction())));
        return "ended";
      } finally {
        Script.tell(args[0], "cleaned");
      }
    }
  }

  /** One connection on which a run is stopped at the end of a statement; then short ones follow. */
  static final class Neighbours implements App {
    @Override
    public String run(String... args) throws Exception {
      int cancelled = 0;
      for (int i = 0; i < Integer.parseInt(args[2]); i++) {
        String id = args[0] + '.' + i;
        double seconds = i == 0 ? 60 : ThreadLocalRandom.current().nextDouble(0.24, 0.28);
        try {
          Belay.run(id, () -> lastingAndStopped(args[1], seconds));
        } catch (RunStoppedException stopped) {
          cancelled++;
        }
        for (int j = 0; j < 20; j++) {
          with(args[1], connection -> ask(connection, "select 1"));
        }
      }
      return String.valueOf(cancelled);
    }

    private static String lastingAndStopped(String url, double seconds) {
      Run run = Belay.current();
      Thread stopper =
          new Thread(
              () -> {
                LockSupport.parkNanos(20_000_000);
                run.stop("neighbour");
              });
      stopper.start();
      String sleep = url.contains("mariadb") ? "sleep" : "pg_sleep";
      return with(url, connection -> ask(connection, "select " + sleep + "(" + seconds + ")"));
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
