package io.belay.it.llm;

import io.belay.it.harness.App;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Asks a model again and again through WebClient, each time where the answer before has come, and
 * waits for all of it. Arguments: URL, turns. Answers how many there were, or what was thrown: the
 * types of its chain of causes, and whether the thread has kept an interrupt.
 */
final class WebClientRepeater implements App {
  private static final WebClient CLIENT = WebClient.create();

  @Override
  public String run(String... args) {
    try {
      return ""
          + Objects.requireNonNull(
              CLIENT
                  .post()
                  .uri(args[0] + "/chat/completions")
                  .contentType(MediaType.APPLICATION_JSON)
                  .bodyValue(
                      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}")
                  .retrieve()
                  .bodyToMono(String.class)
                  .repeat(Integer.parseInt(args[1]) - 1)
                  .count()
                  .block());
    } catch (RuntimeException thrown) {
      StringBuilder chain = new StringBuilder();
      for (Throwable at = thrown; at != null; at = at.getCause()) {
        chain.append(at.getClass().getSimpleName()).append(' ');
      }
      return chain.append(Thread.interrupted()).toString();
    }
  }
}
