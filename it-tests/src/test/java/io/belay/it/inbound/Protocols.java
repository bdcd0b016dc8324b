package io.belay.it.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Setting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * How a client that leaves is noticed: each way to answer with each way to leave, over plain
 * connections that were used before, TLS and HTTP/2. A call that ends tells that the run has.
 */
final class Protocols {
  /** Each way to answer with each way to leave; else each with one of the others. */
  private static final boolean ALL = Boolean.getBoolean("belay.it.protocols");

  private static final List<Client.Leaving> LEAVING = List.of(Client.Leaving.values());

  private static final long BOUND_MILLIS = 1_000;

  private final Provider provider;
  private final Jvm jvm;
  private final Server server;
  private final Server.Ports ports;
  private final List<Long> millis = new ArrayList<>();

  Protocols(Provider provider, Jvm jvm, Server server, Server.Ports ports) {
    this.provider = provider;
    this.jvm = jvm;
    this.server = server;
    this.ports = ports;
  }

  void everyWayToLeaveIsNoticed() {
    int turn = 0;
    for (String way : server.endings()) {
      for (Client.Leaving how : ALL ? LEAVING : List.of(LEAVING.get(turn++ % LEAVING.size()))) {
        leaves(new Client(ports.plain()), way, how, "used before");
        leaves(Client.secure(ports.secure()), way, how, "TLS");
        if (server.http2() != Server.Http2.NONE && server.http2Endings().contains(way)) {
          http2ConnectionLeaves(way, how);
        }
      }
      if (server.http2() == Server.Http2.STREAMS && server.http2Endings().contains(way)) {
        http2StreamIsReset(way);
      }
    }
    assertSoonEnough();
  }

  private void leaves(Client client, String way, Client.Leaving how, String over) {
    client.send("/a");
    assertEquals("hello", client.read().body());
    String run = Setting.unique("leaves");
    client.send(way + chat(run));
    Arrival call = provider.await(run);
    notice(call, run, () -> client.leave(how), way + ' ' + how + ", " + over);
    client.close();
  }

  private void http2ConnectionLeaves(String way, Client.Leaving how) {
    try (Relay relay = new Relay(ports.plain())) {
      String run = Setting.unique("leaves2");
      HttpClient client = http2(relay.port());
      ask(client, relay.port(), way + chat(run));
      Arrival call = provider.await(run);
      notice(call, run, () -> relay.leave(how), way + ' ' + how + ", HTTP/2");
    }
  }

  private void http2StreamIsReset(String way) {
    String run = Setting.unique("reset2");
    HttpClient client = http2(ports.plain());
    CompletableFuture<?> answer = ask(client, ports.plain(), way + chat(run));
    Arrival call = provider.await(run);
    notice(call, run, () -> answer.cancel(true), way + " RST_STREAM");
    assertEquals("hello", get(client, ports.plain()).body(), "the connection is still good");
  }

  /** Over a connection that has changed to HTTP/2 with a first request. */
  private static HttpClient http2(int port) {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    get(client, port);
    assertEquals(HttpClient.Version.HTTP_2, get(client, port).version());
    return client;
  }

  private static HttpResponse<String> get(HttpClient client, int port) {
    try {
      return client.send(request(port, "/a"), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static CompletableFuture<?> ask(HttpClient client, int port, String target) {
    return client.sendAsync(request(port, target), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest request(int port, String target) {
    String[] lines = target.split("\n", 2);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + lines[0]));
    if (lines.length > 1) {
      String[] header = lines[1].split(": ", 2);
      request.header(header[0], header[1]);
    }
    return request.build();
  }

  private void notice(Arrival call, String run, Runnable leave, String what) {
    long left = System.nanoTime();
    leave.run();
    assertTrue(call.awaitClientLeft(), server + " " + what);
    long took = (System.nanoTime() - left) / 1_000_000;
    millis.add(took);
    System.out.println("noticed by " + server + " " + what + ": " + took + " ms");
    assertEquals(
        "DISCONNECT", jvm.control().report(run).path("stop").path("reason").asText(), what);
  }

  /** Within a second; a busy machine may take longer now and then, but not as a rule. */
  private void assertSoonEnough() {
    List<Long> sorted = millis.stream().sorted().toList();
    assertTrue(sorted.get(sorted.size() / 2) <= BOUND_MILLIS, server + " took " + millis);
    assertTrue(sorted.get(sorted.size() - 1) <= 5 * BOUND_MILLIS, server + " took " + millis);
  }

  private String chat(String key) {
    return "/chat?" + key + "&" + provider.url(key) + "/v1\nX-Run-Id: " + key;
  }
}
