package io.belay.it.llm;

import io.belay.it.harness.App;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/**
 * Asks a model over the JDK's client and gives the future up. Arguments: how, a URL, a body and how
 * often. Answers how many calls were made.
 */
final class FutureQuitter implements App {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final long LONGEST_NANOS = 4_000_000;

  private final Random random = new Random(1);

  @Override
  public String run(String... args) throws Exception {
    int made = 0;
    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
      HttpRequest ask =
          HttpRequest.newBuilder(URI.create(args[1]))
              .version(HttpClient.Version.HTTP_1_1)
              .POST(HttpRequest.BodyPublishers.ofString(args[2]))
              .build();
      try {
        giveUp(args[0], ask);
      } catch (CancellationException refused) {
        return String.valueOf(made);
      }
      made++;
    }
    return String.valueOf(made);
  }

  private void giveUp(String how, HttpRequest ask) throws Exception {
    switch (how) {
      case "late" -> isOver(CLIENT.sendAsync(ask, BodyHandlers.ofString()), true);
      case "softly" -> isOver(CLIENT.sendAsync(ask, BodyHandlers.ofString()), false);
      case "stream" -> {
        CompletableFuture<HttpResponse<InputStream>> answer =
            CLIENT.sendAsync(ask, BodyHandlers.ofInputStream());
        if (!cancelled(answer)) {
          answer.join().body().close();
        }
      }
      case "publisher" -> {
        CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> answer =
            CLIENT.sendAsync(ask, BodyHandlers.ofPublisher());
        if (!cancelled(answer)) {
          answer.join().body().subscribe(new Uninterested());
        }
      }
      default -> throw new IllegalArgumentException(how);
    }
  }

  /** The future has an end of the application's own, of which the client hears nothing. */
  private static void isOver(CompletableFuture<?> answer, boolean late) {
    refused(answer);
    if (!late) {
      answer.cancel(false);
      return;
    }
    try {
      answer.orTimeout(20, TimeUnit.MILLISECONDS).join();
    } catch (CompletionException timeout) {
      // It does not wait any longer.
    }
  }

  /** At any moment between its request and some of its answer. */
  private boolean cancelled(CompletableFuture<?> answer) {
    refused(answer);
    long until = System.nanoTime() + (long) (random.nextDouble() * LONGEST_NANOS);
    while (System.nanoTime() - until < 0) {
      Thread.onSpinWait();
    }
    return answer.cancel(true);
  }

  private static void refused(CompletableFuture<?> answer) {
    if (answer.isCompletedExceptionally()) {
      answer.join();
    }
  }

  /** Wants nothing at all. */
  private static final class Uninterested implements Flow.Subscriber<List<ByteBuffer>> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.cancel();
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }
}
