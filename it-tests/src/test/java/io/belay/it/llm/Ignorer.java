package io.belay.it.llm;

import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Asks a model for streams and leaves each unread, once all of it has come to this machine.
 * Arguments: the client, a key, a URL, a body, and how often. Waits for the cue {@code sent N}
 * before it leaves the Nth. Answers how many calls were made.
 */
final class Ignorer implements App {
  private static final OkHttpClient OK = new OkHttpClient();

  @Override
  public String run(String... args) throws IOException {
    int made = 0;
    for (int i = 0; i < Integer.parseInt(args[4]); i++) {
      String cue = "sent " + (i + 1);
      try {
        if (args[0].equals("url")) {
          url(args[1], cue, args[2], args[3]);
        } else {
          okHttp(args[1], cue, args[2], args[3]);
        }
      } catch (CancellationException refused) {
        return String.valueOf(made);
      }
      made++;
    }
    return String.valueOf(made);
  }

  private static void url(String key, String cue, String url, String body) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
    connection.setDoOutput(true);
    connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    connection.getResponseCode();
    Script.await(key, cue);
    connection.disconnect();
  }

  private static void okHttp(String key, String cue, String url, String body) throws IOException {
    RequestBody json = RequestBody.create(body, MediaType.get("application/json"));
    try (Response answer =
        OK.newCall(new Request.Builder().url(url).post(json).build()).execute()) {
      Script.await(key, cue);
    }
  }
}
