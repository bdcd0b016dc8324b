package io.belay.it.llm;

import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Asks a model for streams, reads a few events of each and leaves it when all of it has come to
 * this machine. Arguments: the client, a key, a URL, a body, how often, and how many events. Waits
 * for the cue {@code sent N} before it leaves the Nth. Answers how many calls were made.
 */
final class StreamQuitter implements App {
  private static final List<Object> KEPT = new ArrayList<>(); // What can be read is not dropped.

  /** One call, up to its end. */
  private interface Way {
    void ask(String url, String body, int events, Runnable sent) throws Exception;
  }

  @Override
  public String run(String... args) throws Exception {
    Way way =
        switch (args[0]) {
          case "okhttp" -> Ok::ask;
          case "apache-dropped" -> ApacheQuitter.Five::drop;
          case "web" -> Web::ask;
          case "jdk" -> StreamQuitter::jdk;
          case "apache" -> ApacheQuitter.Five::close;
          case "apache-cancelled" -> ApacheQuitter.Five::cancel;
          case "apache4-closed" -> ApacheQuitter.Four::close;
          case "apache4-aborted" -> ApacheQuitter.Four::abort;
          case "apache4-released" -> ApacheQuitter.Four::release;
          case "jetty-closed" -> JettyQuitter::close;
          case "jetty-aborted" -> JettyQuitter::abort;
          case "jetty-listener" -> JettyQuitter::listen;
          default -> throw new IllegalArgumentException(args[0]);
        };
    int made = 0;
    for (int i = 0; i < Integer.parseInt(args[4]); i++) {
      String cue = "sent " + (i + 1);
      try {
        way.ask(args[2], args[3], Integer.parseInt(args[5]), () -> arrived(args[1], cue));
      } catch (CancellationException refused) {
        return String.valueOf(made);
      }
      made++;
      if (args[0].endsWith("-dropped")) {
        System.gc();
        Thread.sleep(200);
      }
    }
    return String.valueOf(made);
  }

  /** What was sent comes a moment later: a sender waits to be told that the first of it came. */
  private static void arrived(String key, String cue) {
    Script.await(key, cue);
    try {
      Thread.sleep(100);
    } catch (InterruptedException stopped) {
      throw new CancellationException("interrupted");
    }
  }

  private static void jdk(String url, String body, int events, Runnable sent) throws Exception {
    HttpRequest ask =
        HttpRequest.newBuilder(URI.create(url))
            .version(HttpClient.Version.HTTP_1_1)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (InputStream answer = Jdk.CLIENT.send(ask, BodyHandlers.ofInputStream()).body()) {
      read(answer, events);
      sent.run();
    }
  }

  /** What is reachable is not given up. */
  static void keep(Object answer) {
    KEPT.add(answer);
  }

  /** Byte by byte: no further than that. */
  static void read(InputStream answer, int events) throws IOException {
    int last = 0;
    for (int seen = 0; seen < events; ) {
      int next = answer.read();
      seen += last == '\n' && next == '\n' ? 1 : 0;
      last = next;
    }
  }

  private static final class Jdk {
    static final HttpClient CLIENT = HttpClient.newHttpClient();
  }

  /** Cancels, and neither reads on nor closes. */
  private static final class Ok {
    private static final OkHttpClient CLIENT = new OkHttpClient();

    static void ask(String url, String body, int events, Runnable sent) throws IOException {
      RequestBody json = RequestBody.create(body, MediaType.get("application/json"));
      Call call = CLIENT.newCall(new Request.Builder().url(url).post(json).build());
      Response answer = call.execute();
      keep(answer);
      read(answer.body().byteStream(), events);
      sent.run();
      call.cancel();
    }
  }

  /** Wants no more than its first events; its event loop does nothing else until all are there. */
  private static final class Web {
    private static final WebClient CLIENT = WebClient.create();

    static void ask(String url, String body, int events, Runnable sent) {
      AtomicInteger left = new AtomicInteger(Math.max(1, events));
      try {
        CLIENT
            .post()
            .uri(url)
            .contentType(org.springframework.http.MediaType.APPLICATION_JSON)
            .bodyValue(body)
            .retrieve()
            .bodyToFlux(String.class)
            .doOnNext(
                event -> {
                  if (left.decrementAndGet() == 0) {
                    sent.run();
                  }
                })
            .take(left.get())
            .blockLast();
      } catch (RuntimeException failed) {
        if (failed.getCause() instanceof CancellationException refused) {
          throw refused;
        }
        throw failed;
      }
    }
  }
}
