package io.belay.demo.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ledger is what every number of the demo rests on. */
@Timeout(90)
final class LedgerTest {
  private static final String STREAMED =
      "{\"model\":\"gpt-4.1\",\"stream\":true,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String WHOLE = STREAMED.replace("true", "false");

  /**
   * Three tokens at once, and the fourth in an hour: who is gone by then must be noticed before.
   */
  private static final Pace THREE_TOKENS = token -> token <= 3 ? 0 : TimeUnit.HOURS.toMillis(1);

  private static final Pace AT_ONCE = token -> 0;

  @Test
  void aClientThatStaysGetsEveryTokenOfTheLedger() throws Exception {
    try (Provider provider = Provider.start(0, AT_ONCE);
        Client client = new Client(provider)) {
      client.post("/v1/chat/completions", STREAMED);
      int received = 0;
      for (String line = client.line(); !line.equals("data: [DONE]"); line = client.line()) {
        received += isToken(line) ? 1 : 0;
      }
      Ledger.Entry entry = provider.ledger().entries().get(0);
      assertEquals("completed", entry.outcome().get());
      assertEquals(200, received);
      assertEquals(200, entry.tokens());
    }
  }

  @Test
  void aClientThatLeavesMidStreamEndsTheGeneratingAtThatToken() throws Exception {
    try (Provider provider = Provider.start(0, THREE_TOKENS)) {
      try (Client client = new Client(provider)) {
        client.post("/v1/chat/completions", STREAMED);
        int received = 0;
        while (received < 3) {
          received += isToken(client.line()) ? 1 : 0;
        }
      }
      Ledger.Entry entry = provider.ledger().entries().get(0);
      assertEquals("client left", entry.outcome().get());
      assertEquals(3, entry.tokens());
    }
  }

  @Test
  void aClientThatLeavesAnAnswerThatIsNotStreamedEndsTheGeneratingToo() throws Exception {
    try (Provider provider = Provider.start(0, THREE_TOKENS)) {
      try (Client client = new Client(provider)) {
        client.post("/v1/chat/completions", WHOLE);
        while (provider.ledger().since(0).path("tokens").asInt() < 3) {
          Thread.onSpinWait();
        }
      }
      Ledger.Entry entry = provider.ledger().entries().get(0);
      assertEquals("client left", entry.outcome().get());
      assertEquals(3, entry.tokens());
    }
  }

  @Test
  void aClientThatLeavesTheSlowServiceIsNoted() throws Exception {
    try (Provider provider = Provider.start(0, AT_ONCE)) {
      try (Client client = new Client(provider)) {
        client.send("GET /search?q=heat HTTP/1.1\r\nHost: x\r\n\r\n");
      } // At once: the service takes a second, and a busy machine may take longer to come here.
      while (provider.ledger().entries().isEmpty()) {
        Thread.onSpinWait();
      }
      assertEquals("client left", provider.ledger().entries().get(0).outcome().get());
    }
  }

  @Test
  void whatHappenedBeforeTheMomentAskedForIsNotCounted() throws Exception {
    try (Provider provider = Provider.start(0, AT_ONCE);
        Client client = new Client(provider)) {
      client.post("/v1/chat/completions", WHOLE);
      client.line();
      Ledger.Entry entry = provider.ledger().entries().get(0);
      assertEquals("completed", entry.outcome().get());
      JsonNode all = provider.ledger().since(0);
      assertEquals(200, all.path("tokens").asInt());
      assertEquals(1, all.path("llmRequests").asInt());
      assertTrue(all.path("usd").asDouble() > 200 * Ledger.OUTPUT_USD_PER_MTOK / 1e6);

      JsonNode later = provider.ledger().since(all.path("lastActivityAt").asLong() + 1);
      assertEquals(0, later.path("tokens").asInt());
      assertEquals(0, later.path("llmRequests").asInt());
      assertEquals(0, later.path("requests").size());
    }
  }

  private static boolean isToken(String line) {
    return line.startsWith("data: ")
        && line.contains("\"content\":\"")
        && !line.contains("\"role\"");
  }

  /** A client on a plain socket, whose leaving is exactly one close. */
  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Client(Provider provider) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(provider.url()).getPort());
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    void post(String path, String body) throws IOException {
      send(
          "POST "
              + path
              + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
    }

    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    String line() throws IOException {
      return in.readLine();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
