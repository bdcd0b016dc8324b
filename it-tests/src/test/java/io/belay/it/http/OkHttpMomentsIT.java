package io.belay.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Script;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** OkHttp, the oldest and the newest; those between are OkHttpStopIT's. */
class OkHttpMomentsIT {
  private static final String OLDEST = "okhttp-3.12.13";
  private static final String LATEST = "okhttp-5.5.1";

  private static Provider provider;
  private final Moments moments = new Moments(provider, Client.class);

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  static final class Client extends HttpApp {
    private static final OkHttpClient CLIENT =
        new OkHttpClient.Builder().readTimeout(60, TimeUnit.SECONDS).build();

    private static Call get(String url) {
      return CLIENT.newCall(new Request.Builder().url(url).build());
    }

    @Override
    String call(String url) throws Exception {
      try (Response response = get(url).execute()) {
        return response.body().string();
      }
    }

    @Override
    InputStream open(String url) throws Exception {
      return get(url).execute().body().byteStream();
    }

    @Override
    String later(String url) {
      CompletableFuture<String> body = new CompletableFuture<>();
      get(url).enqueue(into(body));
      try {
        return body.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }
  }

  private static Callback into(CompletableFuture<String> body) {
    return new Callback() {
      @Override
      public void onFailure(Call call, IOException e) {
        body.completeExceptionally(e.getCause() == null ? e : e.getCause());
      }

      @Override
      public void onResponse(Call call, Response response) throws IOException {
        try (response) {
          body.complete(response.body().string());
        } catch (IOException e) {
          body.completeExceptionally(e);
        }
      }
    };
  }

  @Scenario(libraries = {LATEST, OLDEST})
  void aCallAfterTheStopIsNotSent(Setting setting) {
    moments.beforeACall(setting);
  }

  @Scenario(libraries = {LATEST, OLDEST})
  void aBlockingCallThatWaitsIsAborted(Setting setting) {
    moments.whileNothingArrives(setting, "call");
  }

  @Scenario(libraries = {LATEST, OLDEST})
  void aQueuedCallThatWaitsIsAborted(Setting setting) {
    moments.whileNothingArrives(setting, "later");
  }

  @Scenario(libraries = {LATEST, OLDEST})
  void aStreamThatStallsIsAborted(Setting setting) {
    moments.whileTheBodyStalls(setting);
  }

  @Scenario(libraries = {LATEST, OLDEST})
  void aStreamThatFlowsIsAborted(Setting setting) {
    moments.whileChunksArrive(setting);
  }

  /** One queued call aborted in its answer's body, one refused; then a look at the dispatcher. */
  static final class Dispatched extends HttpApp {
    @Override
    String call(String url) throws Exception {
      AtomicInteger uncaught = new AtomicInteger();
      Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.incrementAndGet());
      OkHttpClient client = new OkHttpClient();
      CompletableFuture<String> aborted = new CompletableFuture<>();
      client.newCall(new Request.Builder().url(url).build()).enqueue(into(aborted));
      while (!aborted.isDone()) {
        Thread.yield(); // Nobody is woken who does not wait.
      }
      CompletableFuture<String> refused = new CompletableFuture<>();
      client.newCall(new Request.Builder().url(url).build()).enqueue(into(refused));
      while (!refused.isDone() || client.dispatcher().runningCallsCount() > 0) {
        Thread.yield();
      }
      client.dispatcher().executorService().shutdown();
      while (!client.dispatcher().executorService().isTerminated()) {
        Thread.yield();
      }
      return (aborted.isCompletedExceptionally() ? "failed " : "done ")
          + (refused.isCompletedExceptionally() ? "failed " : "done ")
          + uncaught;
    }

    @Override
    InputStream open(String url) {
      throw new IllegalStateException();
    }

    @Override
    String later(String url) {
      throw new IllegalStateException();
    }
  }

  @Scenario(libraries = {LATEST, OLDEST})
  void noThreadOfTheDispatcherDiesOfAStop(Setting setting) {
    String control = Setting.unique("control");
    provider.answering(control, call -> call.answer(200, "text/plain", "a"));
    Jvm plain = setting.withoutBelay();
    Work untouched = plain.start(Dispatched.class, control, "call", control, provider.url(control));
    assertEquals("done done 0", untouched.result());

    String run = Setting.unique("dispatched");
    Jvm belay = setting.withBelay();
    Work work = belay.start(Dispatched.class, run, "call", run, provider.url(run));
    Arrival call = provider.await(run);
    call.stream();
    call.event("one");
    belay.stop(run);
    assertTrue(call.awaitClientLeft());
    assertEquals("failed failed 0", work.result());
    assertEquals(1, provider.requests(run));
  }

  /** Opens a WebSocket, and sends on it when it is told to. */
  static final class Socket extends HttpApp {
    @Override
    String call(String url) throws Exception {
      String key = java.net.URI.create(url).getPath().split("/")[1];
      CompletableFuture<String> failed = new CompletableFuture<>();
      WebSocket socket =
          new OkHttpClient()
              .newWebSocket(
                  new Request.Builder().url(url).build(),
                  new WebSocketListener() {
                    @Override
                    public void onOpen(WebSocket opened, Response response) {
                      Script.tell(key, "open");
                    }

                    @Override
                    public void onFailure(WebSocket broken, Throwable e, Response response) {
                      failed.complete("failed ");
                    }
                  });
      Script.await(key, "go on");
      boolean sent = socket.send("hello");
      if (sent) {
        return "sent";
      }
      while (!failed.isDone()) {
        Thread.yield();
      }
      return failed.get() + sent;
    }

    @Override
    InputStream open(String url) {
      throw new IllegalStateException();
    }

    @Override
    String later(String url) {
      throw new IllegalStateException();
    }
  }

  private static void accept(Arrival handshake) throws Exception {
    String answer = handshake.header("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    byte[] hash =
        MessageDigest.getInstance("SHA-1").digest(answer.getBytes(StandardCharsets.US_ASCII));
    handshake.upgrade("websocket", Base64.getEncoder().encodeToString(hash));
  }

  @Scenario(libraries = {LATEST, OLDEST})
  void anOpenWebSocketIsClosedAndTakesNoMessage(Setting setting) throws Exception {
    String control = Setting.unique("control");
    Jvm plain = setting.withoutBelay();
    Work untouched = plain.start(Socket.class, control, "call", control, provider.url(control));
    accept(provider.await(control));
    plain.awaitMoment(control, "open");
    plain.cue(control, "go on");
    assertEquals("sent", untouched.result());

    String run = Setting.unique("socket");
    Jvm belay = setting.withBelay();
    Work work = belay.start(Socket.class, run, "call", run, provider.url(run));
    Arrival handshake = provider.await(run);
    accept(handshake);
    belay.awaitMoment(run, "open");
    belay.stop(run);
    belay.cue(run, "go on");
    assertTrue(handshake.awaitClientLeft());
    assertEquals("failed false", work.result());
  }
}
