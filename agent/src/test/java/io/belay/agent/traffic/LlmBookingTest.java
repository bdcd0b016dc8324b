package io.belay.agent.traffic;

import static io.belay.agent.rule.Limit.INPUT_TOKENS;
import static io.belay.agent.rule.Limit.LLM_CALLS;
import static io.belay.agent.rule.Limit.OUTPUT_TOKENS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.run.StopReport;
import io.belay.agent.run.Stopping;
import io.belay.api.BudgetExceededException;
import io.belay.api.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is booked for a call, whatever becomes of it. */
class LlmBookingTest {
  private static final String OUTPUT = "output-tokens";

  @Test
  void withoutLimitsARequestIsCountedAndNotLowered() throws Exception {
    Rig rig = Rig.limited();
    Sending call = rig.send(Sending.chat(",\"max_tokens\":100"));
    assertEquals(100, call.number("max_tokens"));
    call.answer(200, 12, 34);
    Usage usage = rig.runs.root().usage();
    assertEquals(12, usage.inputTokens());
    assertEquals(34, usage.outputTokens());
    assertEquals(1, usage.llmCalls());
    assertFalse(usage.estimated());
    assertEquals((12 * 2.5 + 34 * 10) / 1e6, usage.costUsd(), 1e-12);
  }

  @Test
  void anAnswerThatWasRejectedCostsNothingAndTeachesNothing() {
    Rig rig = Rig.limited(INPUT_TOKENS, 1_000, LLM_CALLS, 10);
    String prompt = "x".repeat(1000);
    String body =
        "{\"model\":\"m\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\""
            + prompt
            + "\"}]}";
    rig.send(Sending.to(Sending.CHAT, body)).answer(429, 0, 0);
    rig.send(Sending.to(Sending.CHAT, body)).answer(500, 0, 0);
    assertEquals(0, rig.runs.root().usage().inputTokens());
    assertEquals(2, rig.runs.root().usage().llmCalls());
    rig.send(Sending.to(Sending.CHAT, body));
    assertTrue((Long) rig.runs.root().reserved().get("input-tokens") >= 400);
  }

  @Test
  void aCallThatNeverLeftIsGivenBack() {
    Rig rig = Rig.limited(LLM_CALLS, 1);
    Sending call = Sending.chat("");
    rig.admit(call);
    call.tap().done(new IOException("no route"));
    assertEquals(0, rig.runs.root().usage().llmCalls());
    rig.send(Sending.chat("")).answer(200, 1, 1);
  }

  @Test
  void aCallThatLeftAndGotNoAnswerIsBookedWithItsInput() {
    Rig rig = Rig.limited(LLM_CALLS, 5);
    rig.send(Sending.chat("")).tap().done(new IOException("reset"));
    Usage usage = rig.runs.root().usage();
    assertTrue(usage.inputTokens() > 0);
    assertEquals(0, usage.outputTokens());
    assertTrue(usage.estimated());
    assertEquals(1, usage.llmCalls());
  }

  @Test
  void anAnswerInNoKnownFormLeavesNoRoomForWhatItMayHaveCost() {
    for (String type : List.of("application/json", "text/event-stream", "text/html")) {
      Rig rig = Rig.limited(OUTPUT_TOKENS, 1000);
      String streamed = type.equals("text/event-stream") ? ",\"stream\":true" : "";
      Sending call = rig.send(Sending.chat(streamed + ",\"max_tokens\":300"));
      call.tap().answered(200, type, null);
      call.chunk("<p>hello</p>").tap().done(null);
      Usage usage = rig.runs.root().usage();
      assertEquals(0, usage.outputTokens());
      assertTrue(usage.estimated());
      assertEquals(700L, rig.runs.root().remaining().get(OUTPUT), type);
    }
  }

  /** An agent asks again from inside the last event; the connection ends some time later. */
  @Test
  void aStreamThatHasSaidWhatItUsedLeavesTheRestToTheNextCall() {
    Rig rig = Rig.limited(OUTPUT_TOKENS, 400);
    String streamed = ",\"stream\":true,\"max_tokens\":400";
    Sending first = rig.send(Sending.chat(streamed)).stream().tokens(70);
    assertEquals(0L, rig.runs.root().remaining().get(OUTPUT));
    first.chunk(
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":70}}\n\n");
    assertEquals(330L, rig.runs.root().remaining().get(OUTPUT));
    Sending second = rig.send(Sending.chat(streamed));
    assertEquals(330, second.number("max_tokens"));
    first.tap().done(null);
    assertEquals(70, rig.runs.root().usage().outputTokens());
    assertEquals(0L, rig.runs.root().remaining().get(OUTPUT));
    second.answer(200, 9, 330);
    assertEquals(0L, rig.runs.root().remaining().get(OUTPUT));
    assertEquals(400, rig.runs.root().usage().outputTokens());
  }

  @Test
  void whatIsGivenUpWhileItIsAboutToLeaveKeepsNothing() {
    Rig rig = Rig.limited(OUTPUT_TOKENS, 1000);
    Sending call = Sending.chat(",\"stream\":true,\"max_tokens\":300").later();
    rig.admit(call);
    call.tap().done(new IOException("cancelled"));
    call.tap().leaving();
    assertEquals(1000L, rig.runs.root().remaining().get(OUTPUT));
    Sending next = Sending.chat(",\"stream\":true,\"max_tokens\":300").later();
    rig.admit(next);
    next.tap().leaving();
    assertEquals(700L, rig.runs.root().remaining().get(OUTPUT));
  }

  /** Some gateways call events what is an answer in one piece. */
  @Test
  void anAnswerInOnePieceIsCountedWhateverItIsCalled() {
    Rig rig = Rig.limited();
    Sending call = rig.send(Sending.chat(""));
    call.tap().answered(200, "text/event-stream", null);
    call.chunk(
        "\n{\"choices\":[{\"message\":{\"content\":\"hello\"},\"finish_reason\":\"stop\"}],");
    call.chunk("\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":34}}").tap().done(null);
    assertEquals(34, rig.runs.root().usage().outputTokens());
    assertFalse(rig.runs.root().usage().estimated());
  }

  /** Nobody forbids a server to go on after its numbers. */
  @Test
  void whatAStreamBringsAfterItsNumbersIsCountedWithThem() {
    Rig rig = Rig.limited(OUTPUT_TOKENS, 400);
    Sending call =
        rig.send(Sending.chat(",\"stream\":true,\"max_tokens\":100")).stream().tokens(20);
    call.chunk(
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":20}}\n\n");
    call.tokens(30);
    call.tap().done(null);
    assertEquals(50, rig.runs.root().usage().outputTokens());
    assertEquals(350L, rig.runs.root().remaining().get(OUTPUT));
  }

  @Test
  void anAnswerThatTellsOfNothingLeavesNoRoomForWhatItMayHaveCost() {
    String zeros = "{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}";
    for (String usage : List.of("null", "{}", zeros)) {
      Rig rig = Rig.limited(OUTPUT_TOKENS, 1000);
      Sending call = rig.send(Sending.chat(",\"max_tokens\":300"));
      call.tap().answered(200, "application/json", null);
      call.chunk("{\"id\":\"c\",\"usage\":" + usage + ",\"choices\":[]}").tap().done(null);
      assertEquals(700L, rig.runs.root().remaining().get(OUTPUT), usage);
      assertEquals(0, rig.runs.root().usage().outputTokens());
      assertTrue(rig.runs.root().usage().inputTokens() > 0, usage);
      assertTrue(rig.runs.root().usage().estimated(), usage);
    }
  }

  @Test
  void anAnswerThatTellsOfNoOutputIsExact() {
    Rig rig = Rig.limited(OUTPUT_TOKENS, 1000);
    Sending call = rig.send(Sending.chat(",\"max_tokens\":300"));
    call.tap().answered(200, "application/json", null);
    call.chunk(
        "{\"choices\":[{\"finish_reason\":\"content_filter\",\"message\":{\"content\":null}}],"
            + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":0,\"total_tokens\":9}}");
    call.tap().done(null);
    assertEquals(1000L, rig.runs.root().remaining().get(OUTPUT));
    assertEquals(9, rig.runs.root().usage().inputTokens());
    assertFalse(rig.runs.root().usage().estimated());
  }

  @Test
  void anEstimateIsNoMoreThanTheRequestAllows() {
    int[] letters = {2000, 3000, 30_000};
    long[] booked = {500, 500, 4500};
    for (int i = 0; i < letters.length; i++) {
      Rig rig = Rig.limited(OUTPUT_TOKENS, 10_000);
      Sending call = rig.send(Sending.chat(",\"max_tokens\":500"));
      call.tap().answered(200, "application/json", null);
      String text = "x".repeat(letters[i]);
      call.chunk("{\"choices\":[{\"message\":{\"content\":\"" + text + "\"}}]}").tap().done(null);
      long output = rig.runs.root().usage().outputTokens();
      assertTrue(i < 2 ? output <= booked[i] : output > booked[i], letters[i] + ": " + output);
      assertEquals(10_000 - output, rig.runs.root().remaining().get(OUTPUT));
    }
  }

  @Test
  void whatNobodyHasReadIsCountedAtTheStopAndTheCallIsOver() throws Exception {
    Rig rig = Rig.limited();
    Sending call = Sending.chat(",\"stream\":true,\"max_tokens\":300");
    rig.run(
        "r1",
        () -> {
          rig.send(call).stream().tokens(5);
          call.unread = 3;
          rig.find("r1").stop("enough");
          return null;
        });
    assertTrue(rig.find("r1").stopping().awaitQuiet(30, TimeUnit.SECONDS));
    assertEquals(8, rig.find("r1").usage().outputTokens());
    assertEquals(1, call.aborts);
  }

  /** The model reads it again, though the request does not have it. */
  @Test
  void aConversationThatItsProviderKeepsIsSetAside() {
    Rig rig = Rig.limited(INPUT_TOKENS, 1000);
    String url = "https://api.openai.com/v1/responses";
    String first = "{\"model\":\"gpt-4o\",\"input\":\"hi\",\"max_output_tokens\":50}";
    answered(rig.send(Sending.to(url, first)), "resp_1", 400);
    String next = first.replace("{", "{\"previous_response_id\":\"resp_1\",");
    answered(rig.send(Sending.to(url, next)), "resp_2", 450);
    String third = next.replace("resp_1", "resp_2");
    assertThrows(BudgetExceededException.class, () -> rig.send(Sending.to(url, third)));
    assertEquals(850, rig.runs.root().usage().inputTokens());
  }

  /** The same of Anthropic's threads. */
  @Test
  void aThreadThatItsProviderKeepsIsSetAside() {
    Rig rig = Rig.limited(INPUT_TOKENS, 1000);
    String url = "https://api.anthropic.com/v1/messages";
    String first =
        "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    String next = first.replaceFirst("\\{", "{\"thread\":{\"previous_message_id\":\"msg_1\"},");
    for (String body : List.of(first, next)) {
      Sending call = rig.send(Sending.to(url, body));
      call.tap().answered(200, "application/json", null);
      call.chunk(
          "{\"id\":\"msg_1\",\"type\":\"message\",\"content\":[],\"stop_reason\":\"end_turn\","
              + "\"usage\":{\"input_tokens\":430,\"output_tokens\":20}}");
      call.tap().done(null);
    }
    assertThrows(BudgetExceededException.class, () -> rig.send(Sending.to(url, next)));
    assertEquals(860, rig.runs.root().usage().inputTokens());
  }

  private static void answered(Sending call, String id, long input) {
    call.tap().answered(200, "application/json", null);
    call.chunk(
        "{\"id\":\"%s\",\"status\":\"completed\",\"output\":[],\"usage\":{\"input_tokens\":%d,\"output_tokens\":20}}"
            .formatted(id, input));
    call.tap().done(null);
  }

  @Test
  void whatCameBeforeAnAnswerFailedIsBookedBesideTheNextOne() {
    Rig rig = Rig.limited(OUTPUT_TOKENS, 1000);
    Sending call =
        rig.send(Sending.chat(",\"stream\":true,\"max_tokens\":300")).stream().tokens(20);
    call.chunk("data: {\"error\":{\"message\":\"overloaded\"}}\n\n");
    assertTrue(call.tap().failed());
    call.stream().tokens(7); // Its client tries again, inside the same call.
    assertFalse(call.tap().failed());
    call.tap().answered(500, "application/json", null); // And once more.
    call.tap().done(null);
    assertEquals(27, rig.runs.root().usage().outputTokens());
    assertEquals(973L, rig.runs.root().remaining().get(OUTPUT));
  }

  @Test
  void aCutStreamIsBookedAsReceivedAndMarked() {
    Rig rig = Rig.limited(OUTPUT_TOKENS, 1000);
    rig.send(Sending.chat(",\"stream\":true,\"max_tokens\":500")).stream()
        .tokens(7)
        .tap()
        .closedEarly();
    Usage usage = rig.runs.root().usage();
    assertEquals(7, usage.outputTokens());
    assertTrue(usage.estimated());
    assertEquals(993L, rig.runs.root().remaining().get(OUTPUT));
  }

  @Test
  void aProviderThatBillsOnIsBookedForAllThatItMaySend() {
    Rig rig = Rig.limited(OUTPUT_TOKENS, 1000);
    String groq = "https://api.groq.com/openai/v1/chat/completions";
    rig
        .send(
            Sending.to(
                groq,
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":300,\"stream\":true}"))
        .stream()
        .tokens(7)
        .tap()
        .closedEarly();
    assertEquals(300, rig.runs.root().usage().outputTokens());
  }

  @Test
  void usageIsAskedForAndTheExtraChunkHidden() {
    Rig rig = Rig.limited();
    Sending call = rig.send(Sending.chat(",\"stream\":true"));
    assertTrue(call.text().contains("\"include_usage\":true"), call.text());
    call.stream();
    assertTrue(call.tap().filters());
    StringBuilder seen = new StringBuilder();
    for (String piece :
        List.of(
            "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\n",
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}\n\n",
            "data: [DONE]\n\n")) {
      byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
      seen.append(new String(call.tap().filter(bytes, 0, bytes.length), StandardCharsets.UTF_8));
    }
    seen.append(new String(call.tap().filter(null, 0, 0), StandardCharsets.UTF_8));
    call.tap().done(null);
    assertFalse(seen.toString().contains("usage"), seen::toString);
    assertTrue(seen.toString().endsWith("data: [DONE]\n\n"), seen::toString);
    assertEquals(1, rig.runs.root().usage().outputTokens());
    assertFalse(rig.runs.root().usage().estimated());
  }

  @Test
  void anApplicationThatAskedForUsageSeesIt() {
    Sending call =
        Rig.limited()
            .send(Sending.chat(",\"stream\":true,\"stream_options\":{\"include_usage\":true}"))
            .stream();
    assertFalse(call.tap().filters());
  }

  @Test
  void aStreamThatCouldComePackedIsAskedForAsItIsAndForItsUsage() {
    Sending call = Sending.chat(",\"stream\":true").header("Accept-Encoding", "gzip, br");
    assertTrue(Rig.limited().send(call).text().contains("include_usage"), call::text);
    assertEquals("identity", call.header("Accept-Encoding"));
  }

  @Test
  void anAnswerInOnePieceMayComePacked() {
    Sending call = Sending.chat("").header("Accept-Encoding", "gzip, br");
    Rig.limited().send(call);
    assertEquals("gzip, br", call.header("Accept-Encoding"));
  }

  @Test
  void somethingElseUnderTheSamePathIsLeftAlone() {
    Rig rig = Rig.limited(LLM_CALLS, 0);
    Sending other =
        Sending.to("https://shop.example.com/responses", "{\"form\":7,\"answer\":\"yes\"}");
    rig.send(other).tap().done(null);
    assertEquals(0, rig.runs.root().usage().llmCalls());
  }

  @Test
  void anAddressThatIsNoUriIsReadAllTheSame() {
    Rig rig = Rig.limited(OUTPUT_TOKENS, 50);
    Sending call =
        Sending.to(
            "http://user:pw@[::1]:8080/v1/chat/completions?a={b}|c#d",
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":500}");
    assertEquals(50, rig.send(call).number("max_tokens"));
  }

  @Test
  void whatCameBeforeTheStopBelongsToItAndWhatCameAfterIsApart() throws Exception {
    Rig rig = Rig.limited();
    rig.run(
        "r1",
        () -> {
          rig.send(Sending.chat("")).answer(200, 10, 20);
          Sending call =
              rig.send(Sending.chat(",\"stream\":true,\"max_tokens\":107")).stream().tokens(5);
          rig.find("r1").stop("enough");
          call.tokens(2);
          while (call.aborts == 0) {
            Thread.onSpinWait();
          }
          call.tap().done(new IOException("aborted"));
          return null;
        });
    Stopping stopping = rig.find("r1").stopping();
    assertTrue(stopping.awaitQuiet(30, TimeUnit.SECONDS));
    StopReport report = stopping.report();
    assertEquals(25, report.usageAtStop().outputTokens());
    assertEquals(2, report.usageAfterStop().outputTokens());
    assertEquals(0, report.usageAfterStop().inputTokens());
    assertEquals(100 * 10 / 1e6, report.savedEstimateUsd(), 1e-9);
  }
}
