package io.belay.it.inbound;

import io.belay.it.harness.App;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** WebFlux on Reactor Netty, with an exception handler for everything, as applications have one. */
final class WebFluxApp implements App {
  @Override
  public String run(String... args) throws Exception {
    AnnotationConfigApplicationContext context =
        new AnnotationConfigApplicationContext(Web.class, Answers.class, Failures.class);
    ReactorHttpHandlerAdapter handler =
        new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.applicationContext(context).build());
    return ReactorApp.start(args[0], server -> server.handle(handler));
  }

  /** Its configuration. */
  @Configuration
  @EnableWebFlux
  static class Web {}

  /** Its routes. */
  @RestController
  static class Answers {
    private final Executor threads = Executors.newCachedThreadPool();

    @GetMapping("/**")
    Mono<String> any(ServerHttpRequest request) {
      return Mono.fromCallable(() -> answer(request.getURI(), ""))
          .subscribeOn(Schedulers.boundedElastic());
    }

    @GetMapping("/later/**")
    CompletableFuture<String> later(ServerHttpRequest request) {
      return CompletableFuture.supplyAsync(
          () -> {
            try {
              return answer(request.getURI(), "/later");
            } catch (java.io.IOException failed) {
              throw new CompletionException(failed);
            }
          },
          threads);
    }

    @GetMapping("/stream/**")
    Flux<ServerSentEvent<String>> stream(ServerHttpRequest request) {
      return Flux.just(ServerSentEvent.builder("begun").build())
          .concatWith(
              Mono.fromCallable(() -> answer(request.getURI(), "/stream"))
                  .subscribeOn(Schedulers.boundedElastic())
                  .map(text -> ServerSentEvent.builder(text).build()));
    }

    private static String answer(URI uri, String way) throws java.io.IOException {
      return Handler.answer(uri.getPath().substring(way.length()), uri.getQuery());
    }
  }

  /** What it makes of failures. */
  @RestControllerAdvice
  static class Failures {
    @ExceptionHandler(Exception.class)
    ResponseEntity<Map<String, String>> failed(Exception failure) {
      return ResponseEntity.status(500).body(Map.of("error", String.valueOf(failure)));
    }
  }
}
