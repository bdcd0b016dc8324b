package io.belay.it.doors;

import io.belay.it.harness.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that ask one after the other without a pause, and put down every answer but {@code ok}.
 */
final class HttpLoad implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Thread> clients = new ArrayList<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final AtomicLong answered = new AtomicLong();
  private volatile boolean closed;

  HttpLoad(String url, int clientCount) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    for (int i = 0; i < clientCount; i++) {
      Thread thread = new Thread(() -> ask(request), "load-" + i);
      thread.start();
      clients.add(thread);
    }
  }

  private void ask(HttpRequest request) {
    while (!closed) {
      try {
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200 || !answer.body().equals("ok")) {
          failures.add(answer.statusCode() + " " + answer.body());
        }
      } catch (IOException e) {
        failures.add(e.toString());
      } catch (InterruptedException e) {
        return;
      }
      answered.incrementAndGet();
    }
  }

  /** Waits until so many requests more have been answered. */
  void awaitMore(int requests) {
    long then = answered.get() + requests;
    Await.until("requests are answered", () -> answered.get() >= then);
  }

  /** How many have been answered. */
  long answered() {
    return answered.get();
  }

  /** Whatever was answered else than it should have been. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    for (Thread thread : clients) {
      thread.join();
    }
  }
}
