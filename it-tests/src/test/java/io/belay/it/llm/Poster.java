package io.belay.it.llm;

import io.belay.it.harness.App;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Posts bodies as they are given. Arguments: a URL and a body, as often as wanted. */
final class Poster implements App {
  @Override
  public String run(String... args) throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < args.length; i += 2) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(args[i]))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(args[i + 1]))
              .build();
      try {
        answers.add(String.valueOf(client.send(request, BodyHandlers.discarding()).statusCode()));
      } catch (CancellationException refused) {
        answers.add("refused");
      }
    }
    return String.join(" ", answers);
  }
}
