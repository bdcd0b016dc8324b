package io.belay.it.llm;

import io.belay.it.harness.App;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Flux;

/**
 * Asks a model again and again through WebClient, by several subscriptions at once, until it is
 * refused or has had its turns. Arguments: URL, subscriptions, turns of each, {@code stream} or
 * {@code plain}. Answers how many calls went through, and how often a chunk came without choices.
 */
final class WebClientSpender implements App {
  private static final WebClient CLIENT = WebClient.create();

  @Override
  public String run(String... args) {
    boolean streams = args[3].equals("stream");
    int turns = Integer.parseInt(args[2]);
    List<Flux<Integer>> all =
        Collections.nCopies(Integer.parseInt(args[1]), turns(args[0], streams, turns));
    List<Integer> seen = Objects.requireNonNull(Flux.merge(all).collectList().block());
    return seen.size() + " " + seen.stream().mapToInt(Integer::intValue).sum();
  }

  /** One element for each call that went through: how many of its chunks had no choices. */
  private static Flux<Integer> turns(String url, boolean streams, int turns) {
    return Flux.range(0, turns)
        .concatMap(turn -> ask(url, streams))
        .onErrorResume(WebClientSpender::isRefusal, refused -> Flux.empty());
  }

  private static boolean isRefusal(Throwable thrown) {
    return thrown instanceof WebClientRequestException
        && thrown.getCause() instanceof CancellationException;
  }

  private static Flux<Integer> ask(String url, boolean streams) {
    return CLIENT
        .post()
        .uri(url + "/chat/completions")
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"stream\":"
                + streams
                + "}")
        .retrieve()
        .bodyToFlux(String.class)
        .filter(event -> event.contains("\"choices\":[]"))
        .count()
        .map(Long::intValue)
        .flux();
  }
}
