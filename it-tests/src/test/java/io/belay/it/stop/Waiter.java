package io.belay.it.stop;

import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Waits for a future that is completed on a cue, if at all. Arguments: key, how, whether. */
final class Waiter implements App {
  @Override
  public String run(String... args) throws Exception {
    CompletableFuture<String> future = new CompletableFuture<>();
    if (args.length > 2) {
      Thread completes = new Thread(() -> completeOnCue(args[0], future));
      completes.setDaemon(true); // It holds no run.
      completes.start();
    }
    Script.tell(args[0], "waits");
    return switch (args[1]) {
      case "join" -> future.join();
      case "join interrupted" -> {
        Thread.currentThread().interrupt();
        yield future.join() + (Thread.interrupted() ? ", interrupted" : "");
      }
      case "get" -> future.get();
      case "get for a while" -> future.get(1, TimeUnit.HOURS);
      case "parallel" ->
          Stream.of(future, future.copy()).parallel().map(CompletableFuture::join).toList() + "";
      case "result" -> CompletableFuture.allOf(future, future.thenApply(String::trim)).join() + "";
      default -> throw new IllegalArgumentException(args[1]);
    };
  }

  private static void completeOnCue(String key, CompletableFuture<String> future) {
    Script.await(key, "complete");
    future.complete("completed");
  }
}
