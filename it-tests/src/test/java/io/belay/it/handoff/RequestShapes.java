package io.belay.it.handoff;

import static io.belay.it.handoff.Cells.expect;

import com.sun.net.httpserver.HttpServer;
import io.belay.api.Belay;
import io.belay.api.Run;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Requests come from outside, whoever's thread it is that happens to answer them. */
final class RequestShapes {
  private RequestShapes() {}

  static void addTo(Map<String, Callable<String>> all) {
    all.put("aRequestOnAThreadOfARunIsNotItsChild", RequestShapes::aRequestOnAThreadOfARun);
  }

  /** The thread is a run's for good, since the run has started it to do one thing after another. */
  private static String aRequestOnAThreadOfARun() throws Exception {
    LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    CompletableFuture<String> worksFor = new CompletableFuture<>();
    Cells.Begun run =
        Cells.begin(
            current ->
                new Thread(
                        () -> {
                          worksFor.complete(Belay.current().id());
                          work(queue);
                        })
                    .start());
    expect(run.id, worksFor.get(60, TimeUnit.SECONDS), "the thread works for");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(queue::add);
    server.createContext(
        "/",
        exchange -> {
          byte[] parent =
              Belay.current().parent().map(Run::id).orElse("nobody").getBytes("US-ASCII");
          exchange.sendResponseHeaders(200, parent.length);
          exchange.getResponseBody().write(parent);
          exchange.close();
        });
    server.start();
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    String parent =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
            .body();
    server.stop(0);
    queue.add(() -> Thread.currentThread().interrupt());
    run.ends();
    expect("jvm", parent, "the request's run is a child of");
    return null;
  }

  private static void work(LinkedBlockingQueue<Runnable> queue) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        queue.take().run();
      } catch (InterruptedException ended) {
        return;
      }
    }
  }
}
