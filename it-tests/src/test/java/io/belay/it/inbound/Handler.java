package io.belay.it.inbound;

import io.belay.it.harness.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** What every server under test does for a request, whose query is a key and a provider's URL. */
final class Handler {
  private Handler() {}

  static String answer(String route, String query) throws IOException {
    String path = route.replaceFirst("^/(always|hooks|jobs)/", "/");
    String key = query == null ? "" : query.replaceFirst("&.*", "");
    if (path.startsWith("/chat")) {
      String text = ask(query.replaceFirst("[^&]*&", ""));
      Script.tell(key, "answered");
      return text;
    }
    if (path.startsWith("/work")) {
      Script.tell(key, "working");
      Script.await(key, "go on");
      Script.tell(key, Thread.interrupted() ? "disturbed" : "done");
    }
    if (path.startsWith("/wait")) {
      Script.tell(key, "waiting");
      while (!Thread.interrupted()) { // It may wake for no reason.
        LockSupport.park(); // A stop wakes it.
      }
    }
    if (path.startsWith("/large")) {
      return "x".repeat(1 << 20);
    }
    return "hello";
  }

  /**
   * What goes on after an answer that says no more than that it will. Its thread is no daemon,
   * whatever the server's are: it holds the request's run.
   */
  static void afterwards(String path, String query) {
    Thread work =
        new Thread(
            () -> {
              try {
                answer(path, query);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    work.setDaemon(false);
    work.start();
  }

  /** A call of a language model, as anybody could write it. */
  private static String ask(String url) throws IOException {
    HttpURLConnection call =
        (HttpURLConnection) URI.create(url + "/chat/completions").toURL().openConnection();
    call.setRequestMethod("POST");
    call.setRequestProperty("Content-Type", "application/json");
    call.setDoOutput(true);
    try (OutputStream out = call.getOutputStream()) {
      out.write(
          "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"
              .getBytes(StandardCharsets.UTF_8));
    }
    try (InputStream in = call.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
