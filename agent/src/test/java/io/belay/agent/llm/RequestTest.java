package io.belay.agent.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RequestTest {

  private static LlmRequest read(String path, String body) {
    return Dialects.standard()
        .match("POST", "h", 443, path)
        .orElseThrow()
        .read(Sample.utf8(body), path, "");
  }

  @Test
  void textIsCountedAndBase64IsNot() {
    String picture = "iVBORw0KGgo".repeat(1000);
    LlmRequest request =
        read(
            "/v1/chat/completions",
            "{\"model\":\"gpt-4o\",\"tools\":[{\"type\":\"function\"},{\"x\":1}],\"messages\":["
                + "{\"role\":\"system\",\"content\":\"four\"},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"\\u4f60 \\n\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,"
                + picture
                + "\",\"detail\":\"low\"}}]},"
                + "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"functio"
                + "n\","
                + "\"function\":{\"name\":\"go\",\"arguments\":\"{\\\"a\\\":1}\"}}]}]}");
    assertEquals(4 + 5 + 2, request.textBytes());
    assertEquals("[{\"type\":\"function\"},{\"x\":1}]".length() + 7, request.toolBytes());
    assertEquals(3, request.messages());
    assertEquals(2, request.tools());
    assertEquals(1, request.images());
    assertEquals((long) Math.ceil((11 + 36) / 2.5) + 3 * 8 + 2 * 12 + 1600, Tokens.input(request));
  }

  @Test
  void picturesAndDocumentsOfEveryProviderAreFlat() {
    String base64 = "QUJD".repeat(500);
    LlmRequest anthropic =
        read(
            "/v1/messages",
            "{\"model\":\"claude\",\"max_tokens\":1,\"system\":[{\"type\":\"text\",\"text\":\""
                + "abc\"}],"
                + "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":"
                + "{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\""
                + base64
                + "\"}},{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":"
                + "\"text/plain\",\"data\":\"plain words here\"}},{\"type\":\"tool_use\",\"input\":"
                + "{\"data\":\"counted\"}}]}]}");
    assertEquals(1, anthropic.images());
    assertEquals(3 + 16, anthropic.textBytes());
    assertEquals("{\"data\":\"counted\"}".length(), anthropic.toolBytes());
    LlmRequest gemini =
        read(
            "/v1beta/models/g:generateContent",
            "{\"contents\":[{\"parts\":[{\"text\":\"abcd\"},{\"inlineData\":{\"mimeType\":\"im"
                + "age/png\","
                + "\"data\":\""
                + base64
                + "\"}}]}]}");
    assertEquals(1, gemini.images());
    assertEquals(4, gemini.textBytes());
    LlmRequest ollama =
        read(
            "/api/chat",
            "{\"model\":\"l\",\"messages\":[{\"role\":\"user\",\"content\":\"ab\",\"images\":[\""
                + base64
                + "\"]}]}");
    assertEquals(1, ollama.images());
    assertEquals(2, ollama.textBytes());
  }

  @Test
  void modelStreamAndLimitAreFoundInBodyOrPath() {
    LlmRequest azure = read("/openai/deployments/my%20gpt/chat/completions", "{\"messages\":[{}]}");
    assertEquals("my gpt", azure.model());
    assertFalse(azure.streamed());
    assertEquals(-1, azure.outputBound());
    assertTrue(azure.boundable());
    LlmRequest bedrock =
        read("/model/us.anthropic.claude-v2%3A1/converse-stream", "{\"messages\":[{}]}");
    assertEquals("us.anthropic.claude-v2:1", bedrock.model());
    assertTrue(bedrock.streamed());
    LlmRequest two =
        read(
            "/v1/chat/completions",
            "{\"model\":\"m\",\"n\":3,\"max_tokens\":7,\"messages\":[{}],\"stream\":true}");
    assertEquals(21, two.outputBound());
    assertTrue(two.usageOnRequest());
    LlmRequest embed = read("/v1/embeddings", "{\"model\":\"e\",\"input\":[[1,2,3],[4]]}");
    assertEquals(4, embed.givenTokens());
    assertEquals(0, embed.outputBound());
    assertTrue(read("/api/chat", "{\"model\":\"l\",\"messages\":[{}]}").streamed());
    assertTrue(
        read("/v1/responses", "{\"model\":\"m\",\"input\":\"x\",\"previous_response_id\":\"r\"}")
            .hiddenInput());
  }

  @Test
  void calibrationLearnsFromExactCountsOnlyAndStaysInBounds() {
    LlmRequest request =
        read(
            "/v1/chat/completions",
            "{\"model\":\"m\",\"messages\":[{\"content\":\"" + "x".repeat(1000) + "\"}]}");
    Calibration calibration = new Calibration();
    assertEquals(408, calibration.input(request));
    calibration.learn(request, new Usage(900, 1, 0, 0, 0, 0, true));
    assertEquals(408, calibration.input(request));
    calibration.learn(request, new Usage(258, 1, 0, 0, 0, 0, false));
    assertEquals(258, calibration.input(request));
    calibration.learn(request, new Usage(358, 1, 0, 0, 0, 0, false));
    assertEquals(308, calibration.input(request));
    for (int i = 0; i < 50; i++) {
      calibration.learn(request, new Usage(1_000_000, 1, 0, 0, 0, 0, false));
    }
    assertEquals(1008, calibration.input(request));
    for (int i = 0; i < 50; i++) {
      calibration.learn(request, new Usage(1, 1, 0, 0, 0, 0, false));
    }
    long least = calibration.input(request);
    assertTrue(least == 158 || least == 159, "0.15 a byte, rounded up: " + least);
  }
}
