package io.belay.it.llm;

import io.belay.it.harness.App;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Asks a model over {@code HttpURLConnection} for the status alone. Arguments: a URL, a body, and
 * how often. Answers each status, or what was said instead, in lines.
 */
final class StatusAsker implements App {
  @Override
  public String run(String... args) throws Exception {
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      HttpURLConnection connection = (HttpURLConnection) new URL(args[0]).openConnection();
      connection.setDoOutput(true);
      try {
        connection.getOutputStream().write(args[1].getBytes(StandardCharsets.UTF_8));
        answers.add(String.valueOf(connection.getResponseCode()));
        connection.getInputStream().readAllBytes();
      } catch (CancellationException refused) {
        answers.add(refused.getMessage());
      }
    }
    return String.join("\n", answers);
  }
}
