package io.belay.it.stop;

import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Splits its work into tasks for a small pool, which the runs of the JVM share. */
final class Team {
  private static final int THREADS = 2;
  private static final ExecutorService POOL = Executors.newFixedThreadPool(THREADS);

  private Team() {}

  /** One call of a model; says that it has begun. */
  private static String task(String key, String url, int number) {
    Script.tell(key, "task " + number + " has begun");
    return Chat.ask(url);
  }

  /** {@code submit}: the tasks are futures of the pool. Arguments: key, URL, number of tasks. */
  static final class Submitting implements App {
    @Override
    public String run(String... args) throws Exception {
      Script.pool(POOL, THREADS);
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < Integer.parseInt(args[2]); i++) {
        int number = i;
        answers.add(POOL.submit(() -> task(args[0], args[1], number)));
      }
      Script.tell(args[0], "all are queued");
      StringBuilder text = new StringBuilder();
      for (Future<String> answer : answers) {
        text.append(answer.get());
      }
      return text.toString();
    }
  }

  /** {@code supplyAsync}: the tasks are completable. Arguments: key, URL, number of tasks. */
  static final class Composing implements App {
    @Override
    public String run(String... args) {
      Script.pool(POOL, THREADS);
      List<CompletableFuture<String>> answers = new ArrayList<>();
      for (int i = 0; i < Integer.parseInt(args[2]); i++) {
        int number = i;
        answers.add(
            CompletableFuture.supplyAsync(() -> task(args[0], args[1], number), POOL)
                .thenApply(answer -> answer + '.'));
      }
      Script.tell(args[0], "all are queued");
      StringBuilder text = new StringBuilder();
      for (CompletableFuture<String> answer : answers) {
        text.append(answer.join());
      }
      return text.toString();
    }
  }
}
