package io.belay.it.llm;

import io.belay.it.harness.App;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;

/**
 * Asks a model again and again and never has a whole answer: it leaves each when it knows the
 * status, or when it has seen a {@code glance} of it, or reads it until that fails. Arguments: the
 * client, {@code leaves}, {@code glances} or {@code reads}, a URL, a body, and how often. Answers
 * how many calls were made.
 */
final class Leaver implements App {
  private static final HttpClient JDK =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final OkHttpClient OK = new OkHttpClient();
  private static final CloseableHttpClient APACHE =
      HttpClients.custom().disableAutomaticRetries().build();

  @Override
  public String run(String... args) throws Exception {
    String how = args[1];
    int made = 0;
    for (int i = 0; i < Integer.parseInt(args[4]); i++) {
      try {
        ask(args[0], how, args[2], args[3]);
      } catch (CancellationException refused) {
        return String.valueOf(made);
      } catch (IOException broken) {
        // It asks again.
      }
      made++;
    }
    return String.valueOf(made);
  }

  private static void ask(String client, String how, String url, String body)
      throws IOException, InterruptedException {
    switch (client) {
      case "jdk" -> jdk(how, url, body);
      case "url" -> url(how, url, body);
      case "okhttp" -> okHttp(how, url, body);
      default -> apache(how, url, body);
    }
  }

  private static void jdk(String how, String url, String body)
      throws IOException, InterruptedException {
    HttpRequest ask =
        HttpRequest.newBuilder(URI.create(url))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (InputStream answer = JDK.send(ask, BodyHandlers.ofInputStream()).body()) {
      read(how, answer);
    }
  }

  private static void url(String how, String url, String body) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body.getBytes(StandardCharsets.UTF_8));
    }
    connection.getResponseCode();
    if (how.equals("leaves")) {
      connection.disconnect();
    } else {
      read(how, connection.getInputStream());
    }
  }

  private static void okHttp(String how, String url, String body) throws IOException {
    RequestBody json = RequestBody.create(body, MediaType.get("application/json"));
    try (Response answer =
        OK.newCall(new Request.Builder().url(url).post(json).build()).execute()) {
      read(how, answer.body().byteStream());
    }
  }

  @SuppressWarnings("deprecation") // The way that leaves an answer to its caller.
  private static void apache(String how, String url, String body) throws IOException {
    HttpPost ask = new HttpPost(url);
    ask.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    try (CloseableHttpResponse answer = APACHE.execute(ask)) {
      if (!how.equals("leaves")) {
        read(how, answer.getEntity().getContent());
      }
    }
  }

  private static void read(String how, InputStream answer) throws IOException {
    switch (how) {
      case "reads" -> answer.readAllBytes();
      case "glances" -> {
        answer.read();
        answer.close();
      }
      default -> {}
    }
  }
}
