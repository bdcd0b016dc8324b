package io.belay.agent.traffic;

import static io.belay.agent.rule.Limit.OUTPUT_TOKENS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.api.BudgetExceededException;
import io.belay.api.Usage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Requests to models that do not look like most. */
class OddRequestsTest {
  private static final String OUTPUT = "output-tokens";
  private static final String RESPONSES = "https://api.openai.com/v1/responses";
  private static final String CHAT =
      "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],"
          + "\"max_tokens\":500}";

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream packing = new GZIPOutputStream(out)) {
      packing.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static Sending packed(byte[] body, String encoding) {
    Sending sending = Sending.to(Sending.CHAT, "").header("Content-Encoding", encoding);
    sending.replaceBody(body);
    return sending;
  }

  @Test
  void aRequestThatIsPackedIsReadAndLoweredAndLeavesPacked() throws IOException {
    Rig rig = Rig.limited(OUTPUT_TOKENS, 100);
    Sending call = rig.send(packed(gzip(CHAT), "gzip"));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(call.body()))) {
      String sent = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(CHAT.replace("500", "100"), sent);
    }
    call.answer(200, 12, 34);
    assertEquals(66L, rig.runs.root().remaining().get(OUTPUT));
  }

  @Test
  void onePackedInAWayNobodyReadsIsRefusedWhereOutputIsLimited() throws IOException {
    Rig rig = Rig.limited(OUTPUT_TOKENS, 100);
    byte[] body = gzip(CHAT);
    assertThrows(BudgetExceededException.class, () -> rig.send(packed(body, "br")));
    body[body.length / 2] ^= 1;
    assertThrows(BudgetExceededException.class, () -> rig.send(packed(body, "gzip")));
    Sending free = Rig.limited().send(packed(body, "br"));
    free.answer(200, 12, 34);
  }

  @Test
  void aResponseMadeInTheBackgroundIsSpentForItsLimitsWhenItIsAskedFor() {
    Rig rig = Rig.limited(OUTPUT_TOKENS, 1000);
    Sending call =
        rig.send(
            Sending.to(
                RESPONSES,
                "{\"model\":\"gpt-4o\",\"input\":\"hi\",\"background\":true,"
                    + "\"max_output_tokens\":300}"));
    call.tap().answered(200, "application/json", null);
    call.chunk("{\"id\":\"resp_1\",\"status\":\"queued\",\"background\":true,\"usage\":null}");
    call.tap().done(null);
    assertEquals(700L, rig.runs.root().remaining().get(OUTPUT));
    Usage usage = rig.runs.root().usage();
    assertEquals(0, usage.outputTokens());
    assertTrue(usage.estimated());
  }

  @Test
  void aConversationThatIsShortenedIsCountedAndNotAllowedWhereOutputIsLimited() {
    String url = RESPONSES + "/compact";
    String body = "{\"model\":\"gpt-4o\",\"input\":\"a long story\"}";
    Rig rig = Rig.limited();
    Sending call = rig.send(Sending.to(url, body));
    assertEquals(body, call.text());
    call.tap().answered(200, "application/json", null);
    call.chunk(
        "{\"id\":\"c\",\"object\":\"response.compaction\",\"output\":[],"
            + "\"usage\":{\"input_tokens\":40,\"output_tokens\":7,\"total_tokens\":47}}");
    call.tap().done(null);
    assertEquals(7, rig.runs.root().usage().outputTokens());
    assertEquals(40, rig.runs.root().usage().inputTokens());
    assertFalse(rig.runs.root().usage().estimated());
    Rig limited = Rig.limited(OUTPUT_TOKENS, 1000);
    assertThrows(BudgetExceededException.class, () -> limited.send(Sending.to(url, body)));
  }

  @Test
  void anEmbeddingThatTellsNoUsageIsEstimated() {
    Rig rig = Rig.limited(OUTPUT_TOKENS, 0);
    Sending call =
        rig.send(
            Sending.to(
                "http://localhost:11434/api/embeddings",
                "{\"model\":\"m\",\"prompt\":\"hello there\"}"));
    call.tap().answered(200, "application/json", null);
    call.chunk("{\"embedding\":[0.1,0.2]}");
    call.tap().done(null);
    Usage usage = rig.runs.root().usage();
    assertEquals(1, usage.llmCalls());
    assertTrue(usage.inputTokens() > 0);
    assertTrue(usage.estimated());
  }
}
