package io.belay.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.belay.agent.rule.Limits;
import io.belay.agent.run.Api;
import io.belay.agent.run.Clock;
import io.belay.agent.run.Policy;
import io.belay.agent.run.Runs;
import io.belay.agent.run.StopReport;
import io.belay.api.Reason;
import io.belay.api.RunOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real server that is told of stops. */
class WebhookTest {
  private record Told(String id, String time, String signature, String body) {}

  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Runs runs;
  private Webhook webhook;

  private final class Journal implements Runs.Journal {
    @Override
    public void stopped(StopReport report) {
      webhook.stopped(report);
    }

    @Override
    public void fault(String during, Throwable thrown) {
      notes.add(during + ": " + thrown);
    }

    @Override
    public void note(String line) {
      notes.add(line);
    }
  }

  @BeforeEach
  void open() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    runs = new Runs(Clock.SYSTEM, Policy.defaults(), new Journal());
  }

  @AfterEach
  void close() {
    webhook.close();
    server.stop(0);
  }

  private void start(String secret) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/stopped";
    webhook = new Webhook(url, secret, runs, Budgets.NONE);
    webhook.start();
  }

  private void answer(HttpExchange call) throws IOException {
    byte[] body = call.getRequestBody().readAllBytes();
    told.add(
        new Told(
            call.getRequestHeaders().getFirst("Belay-Event-Id"),
            call.getRequestHeaders().getFirst("Belay-Timestamp"),
            call.getRequestHeaders().getFirst("Belay-Signature"),
            new String(body, StandardCharsets.UTF_8)));
    Integer status = answers.poll();
    call.sendResponseHeaders(status == null ? 204 : status, -1);
    call.close();
  }

  private void stopOne(String id) throws Exception {
    new Api(runs, budget -> Limits.NONE)
        .run(
            RunOptions.of(id),
            () -> runs.stop(runs.find(id), Reason.USER, "test", "enough", false));
  }

  private Told next() throws InterruptedException {
    Told next = told.poll(60, TimeUnit.SECONDS);
    assertTrue(next != null, () -> "the webhook is told nothing; " + notes);
    return next;
  }

  @Test
  void whatIsNotTakenIsToldAgainInOrderAndUnderTheSameId() throws Exception {
    start("");
    answers.addAll(List.of(503, 429));
    stopOne("r1");
    Told first = next();
    assertEquals(first, next());
    assertEquals(first, next());
    assertTrue(first.body().startsWith("{\"type\":\"run.stopping\",\"data\":{\"id\":\"r1\""));
    Told second = next();
    assertTrue(
        second.body().startsWith("{\"type\":\"run.stopped\",\"data\":{\"run\":{\"id\":\"r1\""));
    assertTrue(second.body().contains("\"text\":\"enough\""), second::body);
    assertEquals(List.of(), notes);
  }

  @Test
  void whatIsRefusedForGoodIsNotToldAgain() throws Exception {
    start("");
    answers.add(404);
    stopOne("r1");
    List<Told> both = new ArrayList<>(List.of(next(), next()));
    assertTrue(both.get(1).body().startsWith("{\"type\":\"run.stopped\""), both::toString);
    assertEquals(1, notes.size(), notes::toString);
    assertTrue(notes.get(0).endsWith("was not told of a stop: status 404"), notes::toString);
  }

  @Test
  void whoKnowsTheSecretCanTellThatItCameFromBelay() throws Exception {
    start("s3cret");
    stopOne("r1");
    Told first = next();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signed = (first.time() + "." + first.body()).getBytes(StandardCharsets.UTF_8);
    assertEquals("sha256=" + HexFormat.of().formatHex(mac.doFinal(signed)), first.signature());
  }
}
