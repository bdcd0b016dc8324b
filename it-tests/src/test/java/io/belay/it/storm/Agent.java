package io.belay.it.storm;

import io.belay.it.harness.App;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * An agent with three sub-agents on a shared pool. Each makes calls of all kinds and does not give
 * up when one fails.
 */
final class Agent implements App {
  static final String DATABASE =
      "jdbc:h2:mem:storm;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000;DATABASE_EVENT_LISTENER='"
          + StatementClock.class.getName()
          + "'";

  /** Every thread of the pool keeps its connection, whatever run it works for. */
  private static final ThreadLocal<Connection> CONNECTION =
      ThreadLocal.withInitial(
          () -> {
            try {
              return DriverManager.getConnection(DATABASE);
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          });

  private static final int SUB_AGENTS = 3;
  private static final int STEPS = 8;
  private static final int LONGEST_PAUSE = 1_000_000;

  private final String id;
  private final String url;
  private final long seed;
  private final OkHttpClient client;
  private final ExecutorService pool;
  private final AtomicInteger numbers = new AtomicInteger();
  final ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();

  Agent(String id, String url, long seed, OkHttpClient client, ExecutorService pool) {
    this.id = id;
    this.url = url;
    this.seed = seed;
    this.client = client;
    this.pool = pool;
  }

  /** How many calls it has begun. */
  int begun() {
    return numbers.get();
  }

  @Override
  public String run(String... none) throws Exception {
    List<Future<?>> subAgents = new ArrayList<>();
    for (int i = 0; i < SUB_AGENTS; i++) {
      Random random = new Random(seed + i);
      subAgents.add(
          i == 0
              ? CompletableFuture.runAsync(() -> steps(random), pool)
              : pool.submit(() -> steps(random)));
    }
    for (Future<?> subAgent : subAgents) {
      try {
        subAgent.get();
      } catch (ExecutionException | CancellationException | InterruptedException e) {
        // It is gone; the others go on.
      }
    }
    return "";
  }

  private void steps(Random random) {
    for (int i = 0; i < STEPS; i++) {
      LockSupport.parkNanos(random.nextInt(LONGEST_PAUSE));
      try {
        switch (random.nextInt(5)) {
          case 0, 1 -> get();
          case 2 -> getLater();
          case 3 -> insert();
          default -> transaction();
        }
      } catch (Exception e) {
        // As agents do: note it and try the next thing.
      }
    }
  }

  private Call begin(Call.Kind kind) {
    Call call = new Call(kind, numbers.incrementAndGet());
    calls.add(call);
    return call;
  }

  private okhttp3.Call http(Call call) {
    return client.newCall(new Request.Builder().url(url + '/' + id + '/' + call.number).build());
  }

  private void get() throws Exception {
    Call call = begin(Call.Kind.HTTP);
    try (Response response = http(call).execute()) {
      response.body().string();
    } catch (Exception e) {
      throw seen(call, e);
    }
  }

  private void getLater() throws Exception {
    Call call = begin(Call.Kind.HTTP);
    CompletableFuture<String> answer = new CompletableFuture<>();
    try {
      http(call)
          .enqueue(
              new Callback() {
                @Override
                public void onFailure(okhttp3.Call failed, IOException e) {
                  answer.completeExceptionally(e);
                }

                @Override
                public void onResponse(okhttp3.Call answered, Response response)
                    throws IOException {
                  try (response) {
                    answer.complete(response.body().string());
                  } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                  }
                }
              });
      answer.get();
    } catch (Exception e) {
      throw seen(call, e);
    }
  }

  private void insert() throws Exception {
    execute(begin(Call.Kind.INSERT), CONNECTION.get());
  }

  private void execute(Call call, Connection connection) throws Exception {
    StatementClock.at(call);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO audit(run, call) VALUES (?, ?)")) {
      insert.setString(1, id);
      insert.setInt(2, call.number);
      insert.executeUpdate();
    } catch (Exception e) {
      throw seen(call, e);
    } finally {
      StatementClock.at(null);
    }
  }

  private void transaction() throws Exception {
    Connection connection = CONNECTION.get();
    connection.setAutoCommit(false);
    try {
      Call insert = begin(Call.Kind.INSERT);
      insert.open = true;
      execute(insert, connection);
      Call call = begin(Call.Kind.COMMIT);
      insert.commit = call;
      StatementClock.at(call);
      try {
        connection.commit();
      } catch (Exception e) {
        throw seen(call, e);
      } finally {
        StatementClock.at(null);
      }
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static Exception seen(Call call, Exception thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      call.refused |= cause.getClass().getName().equals("io.belay.api.RunStoppedException");
    }
    return thrown;
  }
}
