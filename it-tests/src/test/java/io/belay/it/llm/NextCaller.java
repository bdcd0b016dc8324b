package io.belay.it.llm;

import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/**
 * Asks a model for one stream after the other, and leaves each when it has begun. The client's
 * thread that would see to the end of a call is kept busy until the next one has begun: a machine
 * under load does that. Arguments: the client, a key, a URL and how often. Answers how many calls
 * were made.
 */
final class NextCaller implements App {
  private static final int ALLOWED = 2000;
  private static final String BODY =
      "{\"model\":\"m\",\"stream\":true,\"max_tokens\":"
          + ALLOWED
          + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

  /** One call. */
  private interface Way {
    /** Begins one; what it answers leaves it. */
    Runnable begin(String url, One one);
  }

  /** How a call goes on. */
  private static final class One {
    final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CountDownLatch next = new CountDownLatch(1);

    /** On a thread of the client's. */
    void holdsUntilTheNext() {
      try {
        next.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }

    void free() {
      next.countDown();
    }
  }

  @Override
  public String run(String... args) {
    Way way =
        switch (args[0]) {
          case "web" -> Web::begin;
          case "okhttp" -> Ok::begin;
          case "bedrock" -> Bedrock::begin;
          default -> throw new IllegalArgumentException(args[0]);
        };
    int made = 0;
    One before = new One();
    for (int i = 1; i <= Integer.parseInt(args[3]); i++) {
      One one = new One();
      Runnable leave = way.begin(args[2], one);
      if (args[0].equals("okhttp")) {
        while (!one.begun.isDone() && !Script.heard(args[1], "arrived " + i)) {
          Thread.yield();
        }
        one.begun.complete(null);
      }
      try {
        one.begun.join();
      } catch (CompletionException refused) {
        return made + ": " + refused.getCause();
      } finally {
        before.free();
        before = one;
      }
      leave.run();
      made++;
    }
    before.free();
    return String.valueOf(made);
  }

  /** Disposed of on another thread than that which reads. */
  private static final class Web {
    private static final WebClient CLIENT = WebClient.create();

    static Runnable begin(String url, One one) {
      Disposable reading =
          CLIENT
              .post()
              .uri(url + "/v1/chat/completions")
              .contentType(org.springframework.http.MediaType.APPLICATION_JSON)
              .bodyValue(BODY)
              .retrieve()
              .bodyToFlux(String.class)
              .subscribe(
                  event -> {
                    one.begun.complete(null);
                    one.holdsUntilTheNext();
                  },
                  one.begun::completeExceptionally);
      return reading::dispose;
    }
  }

  /**
   * Cancelled before there is an answer: the dispatcher's thread hears of it and fails the call.
   */
  private static final class Ok {
    private static final OkHttpClient CLIENT = new OkHttpClient();

    static Runnable begin(String url, One one) {
      RequestBody json = RequestBody.create(BODY, MediaType.get("application/json"));
      Call call =
          CLIENT
              .newBuilder()
              .addInterceptor(
                  chain -> {
                    try {
                      return chain.proceed(chain.request());
                    } catch (IOException cancelled) {
                      one.holdsUntilTheNext();
                      throw cancelled;
                    }
                  })
              .build()
              .newCall(new Request.Builder().url(url + "/v1/chat/completions").post(json).build());
      call.enqueue(
          new Callback() {
            @Override
            public void onFailure(Call failed, IOException why) {
              one.begun.completeExceptionally(why);
            }

            @Override
            public void onResponse(Call answered, Response answer) {
              answer.close();
            }
          });
      return call::cancel;
    }
  }

  /** Its subscription is cancelled inside of an event, as an operator does that has enough. */
  private static final class Bedrock {
    private static final ConverseStreamRequest ASK =
        ConverseStreamRequest.builder()
            .modelId(BedrockApp.MODEL)
            .inferenceConfig(most -> most.maxTokens(ALLOWED))
            .messages(
                List.of(
                    Message.builder()
                        .role(ConversationRole.USER)
                        .content(ContentBlock.fromText("hello"))
                        .build()))
            .build();

    static Runnable begin(String url, One one) {
      BedrockApp.async(url)
          .converseStream(
              ASK,
              ConverseStreamResponseHandler.builder()
                  .onEventStream(events -> events.subscribe(new First(one)))
                  .build())
          .whenComplete(
              (nothing, failure) -> {
                if (failure != null) {
                  one.begun.completeExceptionally(failure);
                }
              });
      return () -> {};
    }

    private static final class First implements Subscriber<ConverseStreamOutput> {
      private final One one;
      private Subscription given;

      First(One one) {
        this.one = one;
      }

      @Override
      public void onSubscribe(Subscription subscription) {
        given = subscription;
        subscription.request(1);
      }

      @Override
      public void onNext(ConverseStreamOutput event) {
        given.cancel();
        one.begun.complete(null);
      }

      @Override
      public void onError(Throwable failure) {}

      @Override
      public void onComplete() {}
    }
  }
}
