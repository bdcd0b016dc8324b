package io.belay.it.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Setting;
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

  /** What is promised; held where a machine has nothing else to do. */
  private static final boolean TIMED = Boolean.getBoolean("belay.it.timed");

  private static final long BOUND_MILLIS = 1_000;

  /** Below the time after which servers find out by themselves, however busy the machine. */
  private static final long LATEST_MILLIS = 15_000;

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

  /** Without Belay a handler whose stream was reset goes on to its end. */
  static void goesOnWithout(Provider provider, Jvm control, Server server, Server.Ports ports) {
    if (server.http2() == Server.Http2.NONE || server.endsCallsByItself()) {
      return;
    }
    for (String way : ALL ? server.http2Endings() : List.of("")) {
      // One each: Tomcat takes several resets for an attack and ends the connection.
      Http2Client client = Http2Client.plain(ports.plain());
      String key = Setting.unique("control2");
      CompletableFuture<?> answer = client.ask(way + chat(provider, key));
      Arrival call = provider.await(key);
      answer.cancel(true);
      client.isStillGood(); // The server has met the reset before it answers this.
      assertFalse(call.clientLeft());
      call.answer(200, "application/json", "{}");
      control.awaitMoment(key, "answered");
    }
  }

  void everyWayToLeaveIsNoticed() {
    int turn = 0;
    for (String way : server.endings()) {
      boolean http2 = server.http2() != Server.Http2.NONE && server.http2Endings().contains(way);
      for (Client.Leaving how : ALL ? LEAVING : List.of(LEAVING.get(turn++ % LEAVING.size()))) {
        leaves(new Client(ports.plain()), way, how, "used before");
        leaves(Client.secure(ports.secure()), way, how, "TLS");
        if (http2) {
          http2ConnectionLeaves(way, how);
        }
      }
      if (http2) {
        http2StreamIsReset(way, "h2c", Http2Client.plain(ports.plain()));
      }
      if (http2 && server.http2() == Server.Http2.TLS_TOO && (ALL || way.isEmpty())) {
        http2StreamIsReset(way, "h2", Http2Client.secure(ports.secure()));
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

  /** With two requests under way. */
  private void http2ConnectionLeaves(String way, Client.Leaving how) {
    try (Relay relay = new Relay(ports.plain())) {
      String run = Setting.unique("leaves2");
      String beside = Setting.unique("beside2");
      Http2Client client = Http2Client.plain(relay.port());
      client.ask(way + chat(run));
      client.ask(way + chat(beside));
      Arrival call = provider.await(run);
      Arrival other = provider.await(beside);
      String what = way + ' ' + how + ", HTTP/2";
      notice(call, run, () -> relay.leave(how), what);
      assertTrue(other.awaitClientLeft(), server + " " + what);
      assertIsStopped(beside, what);
    }
  }

  /** Its neighbour on the connection goes on. */
  private void http2StreamIsReset(String way, String over, Http2Client client) {
    String run = Setting.unique("reset2");
    String beside = Setting.unique("stays2");
    CompletableFuture<HttpResponse<String>> stays = client.ask(way + chat(beside));
    Arrival other = provider.await(beside);
    CompletableFuture<?> answer = client.ask(way + chat(run));
    Arrival call = provider.await(run);
    notice(call, run, () -> answer.cancel(true), way + " RST_STREAM, " + over);
    assertFalse(other.clientLeft());
    other.answer(200, "application/json", "{}");
    assertEquals(200, stays.join().statusCode(), server + way);
    jvm.awaitMoment(beside, "answered");
    client.isStillGood();
  }

  private void notice(Arrival call, String run, Runnable leave, String what) {
    long left = System.nanoTime();
    leave.run();
    assertTrue(call.awaitClientLeft(), server + " " + what);
    long took = (System.nanoTime() - left) / 1_000_000;
    millis.add(took);
    System.out.println("noticed by " + server + " " + what + ": " + took + " ms");
    assertIsStopped(run, what);
  }

  private void assertIsStopped(String run, String what) {
    assertEquals(
        "DISCONNECT", jvm.control().report(run).path("stop").path("reason").asText(), what);
  }

  private void assertSoonEnough() {
    List<Long> sorted = millis.stream().sorted().toList();
    long median = sorted.get(sorted.size() / 2);
    long most = sorted.get(sorted.size() - 1);
    System.out.println("noticed by " + server + ": median " + median + " ms, most " + most + " ms");
    assertTrue(most <= LATEST_MILLIS, server + " took " + millis);
    assertTrue(!TIMED || median <= BOUND_MILLIS, server + " took " + millis);
  }

  private String chat(String key) {
    return chat(provider, key);
  }

  private static String chat(Provider provider, String key) {
    return "/chat?" + key + "&" + provider.url(key) + "/v1\nX-Run-Id: " + key;
  }
}
