package io.belay.agent.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ResponseTapTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String ASK =
      "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"content\":\"Hi\"}]}";
  private static final String WORD =
      "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"four\"}}]}\n\n";

  private static ResponseTap tap(String path, String ask, ResponseHead head) {
    LlmRequest request =
        Dialects.standard()
            .match("POST", "h", 443, path)
            .orElseThrow()
            .read(Sample.utf8(ask), path, "");
    return request.dialect().tap(request, head, new Estimate(40, 0.25, Optional.empty()));
  }

  private static ResponseTap stream() {
    return tap(CHAT, ASK, new ResponseHead(200, "text/event-stream", "", -1, -1, "req_7"));
  }

  private static void feed(ResponseTap tap, String text) {
    byte[] bytes = Sample.utf8(text);
    tap.bytes(bytes, 0, bytes.length);
  }

  @Test
  void anErrorInsideASuccessfulStreamIsSeenAndWhatCameBeforeIsCounted() {
    ResponseTap tap = stream();
    feed(tap, WORD.repeat(3));
    feed(tap, "data: {\"error\":{\"message\":\"overloaded\",\"code\":529}}\n\n");
    tap.end();
    assertEquals(ResponseTap.Finish.ERROR, tap.finish());
    assertEquals(Usage.estimate(40, 3), tap.usage());
  }

  @Test
  void anthropicsErrorEventIsSeenAndItsInputIsExactAlready() {
    ResponseTap tap =
        tap(
            "/v1/messages",
            "{\"model\":\"claude\",\"stream\":true,\"max_tokens\":9,\"messages\":[{}]}",
            new ResponseHead(200, "text/event-stream", "", -1, -1, ""));
    feed(
        tap,
        "event: message_start\n"
            + "data:"
            + " {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"usage\":{\"input_tokens"
            + "\":500,\"output_tokens\":2}}}\n\n"
            + "event: error\n"
            + "data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}\n\n");
    tap.end();
    assertEquals(ResponseTap.Finish.ERROR, tap.finish());
    assertEquals(new Usage(500, 2, 0, 0, 0, 0, true), tap.usage());
  }

  @Test
  void aStreamThatNeverTellsUsageIsEstimatedThoughItEndedWell() {
    ResponseTap tap = stream();
    feed(tap, WORD.repeat(10) + "data: [DONE]\n\n");
    tap.end();
    assertEquals(ResponseTap.Finish.COMPLETE, tap.finish());
    assertEquals(Usage.estimate(40, 10), tap.usage());
    assertEquals("c", tap.responseId());
  }

  @Test
  void whoSaysZeroOfWhatThereWasHasNotCounted() {
    for (String usage :
        new String[] {
          "\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0",
          "\"prompt_tokens\":7,\"completion_tokens\":0",
          "\"prompt_tokens\":7",
          "\"prompt_tokens\":0,\"completion_tokens\":12"
        }) {
      ResponseTap tap = stream();
      feed(tap, WORD.repeat(10) + "data: {\"choices\":[],\"usage\":{" + usage + "}}\n\n");
      feed(tap, "data: [DONE]\n\n");
      tap.end();
      long input = usage.contains("prompt_tokens\":7") ? 7 : 40;
      assertEquals(Usage.estimate(input, usage.endsWith("12") ? 12 : 10), tap.usage(), usage);
    }
  }

  @Test
  void aTotalAloneTellsTheOutput() {
    ResponseTap tap = stream();
    feed(tap, WORD + "data: {\"usage\":{\"prompt_tokens\":7,\"total_tokens\":19}}\n\n");
    feed(tap, "data: [DONE]\n\n");
    tap.end();
    assertEquals(new Usage(7, 12, 0, 0, 0, 0, false), tap.usage());
  }

  @Test
  void aRefusedCallHasUsedNothing() {
    for (int status : new int[] {400, 429, 500, 529}) {
      ResponseTap tap =
          tap(CHAT, ASK, new ResponseHead(status, "application/json", "", -1, -1, "req_7"));
      feed(tap, "{\"error\":{\"message\":\"slow down\"},\"usage\":{\"prompt_tokens\":5}}");
      tap.end();
      assertEquals(ResponseTap.Finish.REJECTED, tap.finish());
      assertEquals(Usage.NONE, tap.usage());
      assertEquals("req_7", tap.responseId());
    }
  }

  @Test
  void countsInHeadersServeWhereTheBodyHasNone() {
    Map<String, String> headers =
        Map.of(
            "content-type", "application/json",
            "x-amzn-bedrock-input-token-count", "25",
            "x-amzn-bedrock-output-token-count", "60",
            "x-amzn-requestid", "rq");
    ResponseTap tap =
        tap(
            "/model/mistral.mistral-large/invoke",
            "{\"prompt\":\"x\"}",
            ResponseHead.of(200, headers::get, false));
    feed(tap, "{\"outputs\":[{\"text\":\"Hi\",\"stop_reason\":\"stop\"}]}");
    tap.end();
    assertEquals(new Usage(25, 60, 0, 0, 0, 0, false), tap.usage());
    assertEquals("rq", tap.responseId());
  }

  @Test
  void aPlainAnswerCutInTheMiddleOfItsTextCountsTheTextThatCame() {
    ResponseTap tap =
        tap(CHAT, ASK.replace("true", "false"), new ResponseHead(200, "", "", -1, -1, ""));
    feed(tap, "{\"choices\":[{\"message\":{\"content\":\"" + "x".repeat(4000));
    assertEquals(1000, tap.soFar().output());
    tap.cut();
    assertEquals(Usage.estimate(40, 1000), tap.usage());
  }

  @Test
  void aChecksumThatIsWrongMakesTheNumbersAnEstimate() {
    Sample sample =
        Samples.all().stream()
            .filter(s -> s.name().equals("bedrock converse plain".replace("plain", "stream")))
            .findFirst()
            .orElseThrow();
    byte[] body = sample.body().clone();
    body[body.length - 1] ^= 1;
    ResponseTap tap = sample.tap();
    tap.bytes(body, 0, body.length);
    tap.end();
    assertTrue(tap.usage().estimated());
    assertEquals(sample.usage().input(), tap.usage().input());
  }

  private static String counted(int output) {
    return WORD.replace(
        "]}\n", "],\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":" + output + "}}\n");
  }

  @Test
  void countsThatAnUnreadableEventMayHaveReplacedAreNotExact() {
    ResponseTap tap = stream();
    feed(tap, counted(1) + counted(2) + counted(3).replace("}}\n", "}\n") + "data: [DONE]\n\n");
    tap.end();
    assertEquals(new Usage(8, 3, 0, 0, 0, 0, true), tap.usage());
    ResponseTap last = stream();
    feed(last, counted(1) + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":8,,\n\n");
    feed(last, "data: [DONE]\n\n");
    last.end();
    assertTrue(last.usage().estimated());
  }

  @Test
  void countsThatTextHasComeAfterAreNotExact() {
    ResponseTap tap = stream();
    feed(tap, counted(1) + counted(2) + WORD + "data: [DONE]\n\n");
    tap.end();
    assertEquals(new Usage(8, 3, 0, 0, 0, 0, true), tap.usage());
    ResponseTap fresh = stream();
    feed(fresh, counted(1) + WORD + counted(3) + "data: [DONE]\n\n");
    fresh.end();
    assertEquals(new Usage(8, 3, 0, 0, 0, 0, false), fresh.usage());
  }

  @Test
  void bytesAfterTheEndAreIgnored() {
    ResponseTap tap = stream();
    feed(tap, WORD);
    tap.cut();
    feed(tap, WORD.repeat(9));
    tap.end();
    assertEquals(ResponseTap.Finish.CUT, tap.finish());
    assertEquals(Usage.estimate(40, 1), tap.usage());
  }

  @Test
  void anotherThreadSeesTheCountRiseAndNeverFall() throws InterruptedException {
    ResponseTap tap = stream();
    AtomicBoolean done = new AtomicBoolean();
    AtomicReference<String> fault = new AtomicReference<>("");
    CountDownLatch seenSome = new CountDownLatch(1);
    Thread reader =
        new Thread(
            () -> {
              long last = 0;
              while (!done.get()) {
                long now = tap.soFar().output();
                if (now < last) {
                  fault.set(last + " then " + now);
                }
                if (now > 0) {
                  seenSome.countDown();
                }
                last = now;
              }
            });
    reader.start();
    feed(tap, WORD);
    seenSome.await();
    for (int i = 1; i < 50_000; i++) {
      feed(tap, WORD);
    }
    done.set(true);
    reader.join();
    assertEquals("", fault.get());
    assertEquals(50_000, tap.soFar().output());
  }

  @Test
  void aTokenizerThatFailsLeavesTheEstimate() {
    LlmRequest request =
        Dialects.standard()
            .match("POST", "h", 443, CHAT)
            .orElseThrow()
            .read(Sample.utf8(ASK), CHAT, "");
    ResponseTap tap =
        request
            .dialect()
            .tap(
                request,
                new ResponseHead(200, "text/event-stream", "", -1, -1, ""),
                new Estimate(
                    40,
                    0.25,
                    Optional.of(
                        text -> {
                          throw new IllegalStateException("no tables");
                        })));
    feed(tap, WORD.repeat(4));
    tap.cut();
    assertEquals(Usage.estimate(40, 4), tap.usage());
  }

  @Test
  void whatNobodyReadsHasAsManyTokensToAByteAsWhatWasRead() {
    ResponseTap tap = stream();
    feed(tap, "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\n".repeat(9));
    feed(tap, WORD.repeat(20));
    tap.unread(10L * WORD.length(), false, 1000);
    long all = tap.soFar().output();
    assertTrue(all >= 30 && all <= 31, () -> "" + all);
    feed(tap, WORD.repeat(4)); // Somebody reads on all the same.
    long read = tap.soFar().output();
    assertTrue(read >= 30 && read <= 31, () -> "" + read);
    tap.cut();
    assertTrue(tap.usage().estimated());
  }

  @Test
  void whatNobodyReadsIsCountedHighWhereNothingWasReadAndNeverAboveTheBound() {
    ResponseTap tap = stream();
    tap.unread(20L * WORD.length(), false, 1000);
    assertTrue(tap.soFar().output() >= 20, () -> tap.soFar().toString());
    tap.unread(20L * WORD.length(), false, 12);
    assertEquals(12, tap.soFar().output());
  }

  @Test
  void whatNobodyReadsMayBePacked() {
    ResponseTap tap =
        tap(CHAT, ASK, new ResponseHead(200, "text/event-stream", "gzip", -1, -1, ""));
    tap.unread(20L * 8, false, 1000); // An event that is packed by itself is not smaller.
    assertTrue(tap.soFar().output() >= 20, () -> tap.soFar().toString());
  }

  @Test
  void whatNobodyReadsIsNothingOnceTheProviderHasGivenItsNumbers() {
    ResponseTap tap = stream();
    feed(tap, WORD);
    feed(tap, "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1}}\n\n");
    feed(tap, "data: [DONE]\n\n");
    tap.unread(5, false, 1000);
    tap.cut();
    assertEquals(1, tap.usage().output());
  }
}
