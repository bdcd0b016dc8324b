package io.belay.it.handoff;

import static io.belay.it.handoff.Cells.expect;

import com.sun.net.httpserver.HttpServer;
import io.belay.api.Belay;
import io.belay.api.Run;
import io.belay.api.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Requests come from outside, whoever's thread it is that happens to answer them. */
final class RequestShapes {
  private RequestShapes() {}

  static void addTo(Map<String, Callable<String>> all) {
    all.put("aRequestOnAThreadOfARunIsNotItsChild", RequestShapes::aRequestOnAThreadOfARun);
    all.put("whatAnAnswerPublishesIsItsSenders", RequestShapes::whatAnAnswerPublishes);
  }

  /** The answer comes on the client's threads, which are nobody's. */
  private static String whatAnAnswerPublishes() throws Exception {
    Hearing hearing = new Hearing();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 4);
          exchange.getResponseBody().flush();
          hearing.subscribed.join(); // Else it would be heard by the thread that subscribes.
          exchange.getResponseBody().write("body".getBytes("US-ASCII"));
          exchange.close();
        });
    server.start();
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    HttpClient client = HttpClient.newHttpClient();
    Cells.Begun run =
        Cells.begin(
            current ->
                client
                    .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofPublisher())
                    .body()
                    .subscribe(hearing));
    String ended = hearing.ended.get(60, TimeUnit.SECONDS);
    server.stop(0);
    expect(run.id, hearing.next, "what comes is heard by");
    expect(run.id, ended, "the end is heard by");
    run.endsAs(Status.COMPLETED);
    return null;
  }

  private static final class Hearing implements Flow.Subscriber<List<ByteBuffer>> {
    final CompletableFuture<Void> subscribed = new CompletableFuture<>();
    final CompletableFuture<String> ended = new CompletableFuture<>();
    volatile String next = "";

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
      subscribed.complete(null);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      next = Belay.current().id();
    }

    @Override
    public void onError(Throwable failure) {
      ended.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      ended.complete(Belay.current().id());
    }
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
