package io.belay.it.llm;

import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * An agent on one SDK; a subclass for each. Arguments: what to do, the key by which it tells, the
 * base URL, how often.
 */
abstract class SdkApp implements App {
  static {
    // No SDK may meet a stop on a thread that is not prepared for it.
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          System.err.println("WARNING: uncaught in " + thread.getName() + ": " + thrown);
          thrown.printStackTrace();
        });
  }

  /** One answer in one piece. */
  abstract String ask(String url) throws Exception;

  /** One answer in one piece, which comes on another thread. */
  abstract CompletableFuture<String> askLater(String url);

  /** One answer in pieces; returns when all have come. */
  abstract void stream(String url, Consumer<String> piece) throws Exception;

  /** A conversation in which the model calls the {@link Tool}. */
  String converse(String url) throws Exception {
    throw new IllegalStateException("this SDK calls no tools");
  }

  /** Answers that are read into objects. */
  String typed(String url) {
    throw new IllegalStateException("this SDK reads no answers");
  }

  @Override
  public final String run(String... args) throws Exception {
    String key = args[1];
    String url = args[2];
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
      switch (args[0]) {
        case "ask" -> all.append(ask(url));
        case "later" -> all.append(askLater(url).join());
        case "stream" ->
            stream(
                url,
                piece -> {
                  all.append(piece);
                  Script.tell(key, all.toString());
                });
        case "typed" -> all.append(typed(url));
        default -> all.append(converse(url));
      }
    }
    return all.toString();
  }
}
