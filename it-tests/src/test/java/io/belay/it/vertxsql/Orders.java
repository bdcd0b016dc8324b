package io.belay.it.vertxsql;

import io.belay.api.Belay;
import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Applications on Vert.x's SQL clients that write orders. Arguments: key, URI, and what each adds.
 */
final class Orders {
  private static final Map<String, Pool> POOLS = new ConcurrentHashMap<>();

  /** It prints when its thread was away for two seconds, as on a busy machine it may be. */
  private static final Vertx VERTX =
      Vertx.vertx(new VertxOptions().setBlockedThreadCheckInterval(3_600_000));

  private Orders() {}

  /** One connection, so that whoever comes next has the same. */
  private static Pool pool(String uri) {
    return POOLS.computeIfAbsent(
        uri,
        of -> Pool.pool(VERTX, SqlConnectOptions.fromUri(of), new PoolOptions().setMaxSize(1)));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static <T> Future<T> with(String uri, Function<SqlConnection, Future<T>> work) {
    return pool(uri)
        .getConnection()
        .compose(connection -> work.apply(connection).onComplete(any -> connection.close()));
  }

  private static Future<Void> stopIf(boolean now) {
    if (now) {
      Belay.current().stop("here");
    }
    return Future.succeededFuture();
  }

  /** Makes the table. */
  static final class Table implements App {
    @Override
    public String run(String... args) {
      await(
          with(
              args[1],
              connection ->
                  connection
                      .query("drop table if exists orders")
                      .execute()
                      .compose(
                          on ->
                              connection
                                  .query("create table orders (who varchar(40))")
                                  .execute())));
      return "";
    }
  }

  /** Empties the table. */
  static final class Setup implements App {
    @Override
    public String run(String... args) {
      await(with(args[1], connection -> connection.query("delete from orders").execute()));
      return "";
    }
  }

  /** How many orders there are, told by the pool's connection. */
  static final class Count implements App {
    @Override
    public String run(String... args) {
      return await(
          pool(args[1])
              .query("select count(*) from orders")
              .execute()
              .map(rows -> String.valueOf(rows.iterator().next().getLong(0))));
    }
  }

  /** A transaction of two rows; argument 2 is the moment of the stop, 3 a statement that lasts. */
  static final class Ordering implements App {
    @Override
    public String run(String... args) {
      try {
        String mark = args[1].startsWith("postgresql") ? "$1" : "?";
        await(with(args[1], connection -> transaction(connection, args[2], args[3], mark)));
        return "ended";
      } finally {
        Script.tell(args[0], "cleaned");
      }
    }

    private static Future<Void> transaction(
        SqlConnection connection, String moment, String lasts, String mark) {
      return connection
          .begin()
          .compose(
              transaction ->
                  work(connection, transaction, moment, lasts, mark)
                      .recover(
                          failure ->
                              transaction
                                  .rollback()
                                  .transform(any -> Future.failedFuture(failure))));
    }

    private static Future<Void> work(
        SqlConnection connection,
        Transaction transaction,
        String moment,
        String lasts,
        String mark) {
      return stopIf(moment.equals("first"))
          .compose(on -> connection.query("insert into orders values ('a')").execute())
          .compose(on -> stopIf(moment.equals("second")))
          .compose(
              on ->
                  connection
                      .preparedQuery("insert into orders values (" + mark + ")")
                      .execute(Tuple.of("b")))
          .compose(on -> connection.query(third(moment, lasts)).execute())
          .compose(on -> stopIf(moment.equals("end") || moment.equals("text")))
          .compose(
              on ->
                  moment.equals("text")
                      ? connection.query("COMMIT").execute().<Void>mapEmpty()
                      : transaction.commit());
    }
  }

  private static String third(String moment, String lasts) {
    return switch (moment) {
      case "lasting" -> lasts;
      case "commit" -> "insert into orders values ('slow')";
      default -> "select 1";
    };
  }

  /** What a pool does by itself: a statement, and a transaction around a function. */
  static final class Alone implements App {
    @Override
    public String run(String... args) {
      boolean stops = args[2].equals("stopped");
      await(
          pool(args[1])
              .withTransaction(
                  connection ->
                      connection
                          .query("insert into orders values ('c')")
                          .execute()
                          .compose(on -> stopIf(stops))));
      return "ended";
    }
  }

  /** A statement without a transaction, by a run that is stopped already. */
  static final class Late implements App {
    @Override
    public String run(String... args) {
      await(stopIf(args[2].equals("stopped")));
      await(pool(args[1]).query("insert into orders values ('d')").execute());
      return "ended";
    }
  }

  /** A statement of its own, which argument 2 is; stopped afterwards, if 3 says so. */
  static final class Once implements App {
    @Override
    public String run(String... args) {
      await(
          pool(args[1]).query(args[2]).execute().compose(on -> stopIf(args[3].equals("stopped"))));
      return "ended";
    }
  }

  /** Two commits of one transaction by a run that is stopped before. */
  static final class Twice implements App {
    @Override
    public String run(String... args) {
      await(
          with(
              args[1],
              connection ->
                  connection
                      .query("begin")
                      .execute()
                      .compose(on -> connection.query("insert into orders values ('a')").execute())
                      .compose(on -> stopIf(true))
                      .compose(on -> connection.query("commit").execute())
                      .recover(refused -> connection.query("commit").execute())));
      return "ended";
    }
  }
}
