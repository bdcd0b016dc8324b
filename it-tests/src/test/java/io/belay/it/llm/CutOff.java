package io.belay.it.llm;

import io.belay.it.harness.App;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Leaves a stream of a model after its first token. Arguments: URL, model, prompt. */
final class CutOff implements App {
  @Override
  public String run(String... args) throws Exception {
    String body =
        "{\"model\":\"%s\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
            .formatted(args[1], args[2]);
    HttpRequest ask =
        HttpRequest.newBuilder(URI.create(args[0] + "/v1/chat/completions"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpClient client = HttpClient.newHttpClient();
    try (InputStream answer = client.send(ask, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      String seen = "";
      byte[] piece = new byte[8192];
      while (!seen.endsWith("\n\n")) {
        int n = answer.read(piece);
        if (n < 0) {
          break;
        }
        seen += new String(piece, 0, n, StandardCharsets.UTF_8);
      }
      return seen;
    }
  }
}
