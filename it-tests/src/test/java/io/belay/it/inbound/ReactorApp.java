package io.belay.it.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.belay.it.harness.App;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Reactor Netty alone. */
final class ReactorApp implements App {
  @Override
  public String run(String... args) throws Exception {
    return start(args[0], server -> server.handle(ReactorApp::answer));
  }

  /** Starts it twice, in the clear and with TLS; answers both ports. */
  static String start(String keyStore, UnaryOperator<HttpServer> deployment) throws Exception {
    HttpServer server = deployment.apply(HttpServer.create().host("127.0.0.1").port(0));
    SslContext keys = SslContextBuilder.forServer(Tls.keys(keyStore)).build();
    DisposableServer plain =
        server.protocol(HttpProtocol.HTTP11, HttpProtocol.H2C).bindNow(Duration.ofSeconds(30));
    DisposableServer secure =
        server.secure(spec -> spec.sslContext(keys)).bindNow(Duration.ofSeconds(30));
    return plain.port() + " " + secure.port();
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
