package io.belay.agent.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Text is counted the same whether events are compared with their predecessor or parsed. */
class TextCountTest {
  private static final String ASK =
      "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"content\":\"Hi\"}]}";

  private static final String[] PIECES = {
    "a",
    "word",
    " two words",
    "\n",
    "\"",
    "\\",
    "/",
    "\t\t",
    "é",
    "你好",
    "😀",
    "",
    "}]}",
    "data: ",
    "\\n",
    "\u0001",
    "a longer piece of text, with a comma"
  };

  private static String escaped(String text, Random random) {
    StringBuilder json = new StringBuilder();
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < ' ' || c > 0x7f && random.nextBoolean()) {
            json.append(String.format("\\u%04x", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.toString();
  }

  private static ResponseTap tap(Optional<Tokenizer> tokenizer) {
    LlmRequest request =
        Dialects.standard()
            .match("POST", "h", 443, "/v1/chat/completions")
            .orElseThrow()
            .read(Sample.utf8(ASK), "/v1/chat/completions", "");
    ResponseHead head = new ResponseHead(200, "text/event-stream", "", -1, -1, "");
    return request.dialect().tap(request, head, new Estimate(5, 0.25, tokenizer));
  }

  @Test
  void everyByteOfTextIsCountedOnceAndReachesTheTokenizer() {
    Random random = new Random(9);
    for (int round = 0; round < 3000; round++) {
      StringBuilder text = new StringBuilder();
      StringBuilder stream = new StringBuilder();
      String end = new String[] {"\n", "\r\n", "\r"}[round % 3];
      for (int i = random.nextInt(30); i >= 0; i--) {
        String piece = PIECES[random.nextInt(PIECES.length)];
        text.append(piece);
        String json = escaped(piece, random);
        // A surrogate pair half escaped, half not, would be no UTF-8.
        json = piece.equals("😀") ? "😀" : json;
        stream
            .append("data: {\"id\":\"c\",\"created\":")
            .append(random.nextInt(1000))
            .append(",\"choices\":[{\"delta\":{\"content\":\"")
            .append(json)
            .append("\"}}],\"obfuscation\":\"")
            .append("xyz".substring(random.nextInt(3)))
            .append("\"}")
            .append(end)
            .append(end);
      }
      byte[] bytes = stream.toString().getBytes(StandardCharsets.UTF_8);
      String[] heard = {""};
      ResponseTap tap =
          tap(
              Optional.of(
                  kept -> {
                    heard[0] = kept.toString();
                    return kept.length();
                  }));
      for (int at = 0; at < bytes.length; ) {
        int n = Math.min(bytes.length - at, 1 + random.nextInt(1 + round % 400));
        tap.bytes(bytes, at, n);
        at += n;
      }
      tap.cut();
      assertEquals(text.toString().getBytes(StandardCharsets.UTF_8).length, tap.textBytes());
      assertEquals(text.length(), tap.usage().output());
      assertEquals(text.toString(), heard[0]);
      assertTrue(tap.usage().estimated());
      assertEquals(ResponseTap.Finish.CUT, tap.finish());
    }
  }
}
