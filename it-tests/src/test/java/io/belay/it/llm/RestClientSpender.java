package io.belay.it.llm;

import io.belay.it.harness.App;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.JettyClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Asks a model again and again through RestClient, until it is refused or has had its turns.
 * Arguments: URL, the client below, turns, {@code stream} or {@code plain}. Answers how many calls
 * went through, and how often a chunk came without choices.
 */
final class RestClientSpender implements App {
  @Override
  public String run(String... args) throws Exception {
    ClientHttpRequestFactory factory = factory(args[1]);
    RestClient client = RestClient.builder().requestFactory(factory).build();
    boolean streams = args[3].equals("stream");
    int made = 0;
    int empty = 0;
    try {
      for (int turns = Integer.parseInt(args[2]); made < turns; made++) {
        empty += ask(client, args[0], streams);
      }
    } catch (CancellationException refused) {
      // What is left is not made.
    } finally {
      if (factory instanceof AutoCloseable closeable) {
        closeable.close();
      }
      if (factory instanceof JettyClientHttpRequestFactory jetty) {
        jetty.destroy();
      }
    }
    return made + " " + empty;
  }

  private static ClientHttpRequestFactory factory(String client) {
    return switch (client) {
      case "jdk" -> new JdkClientHttpRequestFactory();
      case "simple" -> new SimpleClientHttpRequestFactory();
      case "apache" -> new HttpComponentsClientHttpRequestFactory();
      case "jetty" -> new JettyClientHttpRequestFactory();
      case "reactor" -> new ReactorClientHttpRequestFactory();
      default -> throw new IllegalArgumentException(client);
    };
  }

  private static int ask(RestClient client, String url, boolean streams) {
    return Objects.requireNonNull(
        client
            .post()
            .uri(url + "/chat/completions")
            .contentType(MediaType.APPLICATION_JSON)
            .body(body(streams))
            .exchange(
                (request, response) ->
                    (int)
                        new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> line.contains("\"choices\":[]"))
                            .count()));
  }

  /** Encoded as it is sent, so its length is not known beforehand. */
  private static Map<String, Object> body(boolean streams) {
    return Map.of(
        "model",
        "m",
        "messages",
        List.of(Map.of("role", "user", "content", "hello")),
        "stream",
        streams);
  }
}
