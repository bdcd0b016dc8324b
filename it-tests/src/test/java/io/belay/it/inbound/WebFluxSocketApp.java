package io.belay.it.inbound;

import io.belay.it.harness.App;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** WebSockets of WebFlux on Reactor Netty: several messages may be answered at once. */
final class WebFluxSocketApp implements App {
  @Override
  public String run(String... args) throws Exception {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Web.class);
    ReactorHttpHandlerAdapter handler =
        new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.applicationContext(context).build());
    return ReactorApp.start(args[0], server -> server.handle(handler));
  }

  /** Its configuration. */
  @Configuration
  @EnableWebFlux
  static class Web {
    @Bean
    HandlerMapping sockets() {
      WebSocketHandler handler = Web::answers;
      return new SimpleUrlHandlerMapping(Map.of(SocketPart.PATH, handler), -1);
    }

    private static Mono<Void> answers(WebSocketSession session) {
      return session.send(
          session
              .receive()
              .map(WebSocketMessage::getPayloadAsText)
              .flatMap(message -> answer(session, message))
              .map(session::textMessage));
    }

    private static Mono<String> answer(WebSocketSession session, String message) {
      if (message.equals("close")) {
        return session.close().then(Mono.empty());
      }
      String route = message.replaceFirst("^/later", "");
      return Mono.fromCallable(() -> Handler.answer(route, route.replaceFirst("^[^?]*\\??", "")))
          .subscribeOn(Schedulers.boundedElastic())
          .onErrorResume(stopped -> Mono.empty());
    }
  }
}
