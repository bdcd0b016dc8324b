package io.belay.it.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.belay.it.harness.App;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Reactor Netty alone. */
final class ReactorApp implements App {
  @Override
  public String run(String... args) {
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(ReactorApp::answer)
            .bindNow(Duration.ofSeconds(30));
    return String.valueOf(server.port());
  }

  private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
    String[] uri = request.uri().split("\\?", 2);
    String query = uri.length == 1 ? null : uri[1];
    if (uri[0].startsWith("/stream/")) {
      Flux<String> events =
          blocking(uri[0].substring("/stream".length()), query)
              .map(text -> "data: " + text + "\n\n")
              .flux()
              .startWith("data: begun\n\n");
      return response
          .sse()
          .send(events.map(event -> Unpooled.copiedBuffer(event, UTF_8)), flushed -> true);
    }
    if (uri[0].startsWith("/later/")) {
      CompletableFuture<String> later = new CompletableFuture<>();
      new Thread(() -> complete(later, uri[0].substring("/later".length()), query)).start();
      return response.sendString(Mono.fromFuture(later));
    }
    return response.sendString(blocking(uri[0], query));
  }

  private static Mono<String> blocking(String path, String query) {
    return Mono.fromCallable(() -> Handler.answer(path, query))
        .subscribeOn(Schedulers.boundedElastic());
  }

  private static void complete(CompletableFuture<String> later, String path, String query) {
    try {
      later.complete(Handler.answer(path, query));
    } catch (Exception failed) {
      later.completeExceptionally(failed);
    }
  }
}
