package io.belay.agent.llm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewriteTest {
  private static final String CHAT = "/v1/chat/completions";

  private static LlmRequest read(String path, String body) {
    return read(path, "", body);
  }

  private static LlmRequest read(String path, String query, String body) {
    Dialect dialect = Dialects.standard().match("POST", "h", 443, path).orElseThrow();
    return dialect.read(Sample.utf8(body), path, query);
  }

  private static String clamped(String path, String body, long max) {
    Rewrite rewrite = read(path, body).rewrite(max, false);
    return new String(
        assertInstanceOf(Rewrite.Body.class, rewrite).bytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // lowered, added, null replaced; the rest byte for byte
        "/v1/chat/completions|{\"model\":\"gpt-4o\",\"max_tokens\" : 500 ,\"messages\":[{}]}|"
            + "{\"model\":\"gpt-4o\",\"max_tokens\" : 100 ,\"messages\":[{}]}",
        "/v1/chat/completions|{\"model\":\"gpt-4o\",\"messages\":[{}]}|"
            + "{\"max_tokens\":100,\"model\":\"gpt-4o\",\"messages\":[{}]}",
        "/v1/chat/completions|{\"model\":\"o3-mini\",\"messages\":[{}]}|"
            + "{\"max_completion_tokens\":100,\"model\":\"o3-mini\",\"messages\":[{}]}",
        "/v1/chat/completions|{\"model\":\"openai/gpt-5\",\"max_completion_tokens\":null,\"mes"
            + "sages\":[{}]}|"
            + "{\"model\":\"openai/gpt-5\",\"max_completion_tokens\":100,\"messages\":[{}]}",
        "/v1/chat/completions|{\"model\":\"m\",\"reasoning_effort\":\"low\",\"messages\":[{}]}|"
            + "{\"max_completion_tokens\":100,\"model\":\"m\",\"reasoning_effort\":\"low\",\"mes"
            + "sages\":[{}]}",
        "/v1/chat/completions|{\"model\":\"m\",\"n\":4,\"max_tokens\":90,\"messages\":[{}]}|"
            + "{\"model\":\"m\",\"n\":4,\"max_tokens\":25,\"messages\":[{}]}",
        "/v1/chat/completions|{\"max_tokens\":900,\"model\":\"m\",\"max_tokens\":null,\"messag"
            + "es\":[{}],\"max_tokens\":700.0}|"
            + "{\"max_tokens\":100,\"model\":\"m\",\"max_tokens\":100,\"messages\":[{}],\"max_to"
            + "kens\":100}",
        "/v1/responses|{\"model\":\"gpt-5\",\"input\":\"x\"}|"
            + "{\"max_output_tokens\":100,\"model\":\"gpt-5\",\"input\":\"x\"}",
        "/v1/completions|{\"model\":\"m\",\"prompt\":[\"a\",\"b\"],\"best_of\":2,\"max_tokens"
            + "\":50}|"
            + "{\"model\":\"m\",\"prompt\":[\"a\",\"b\"],\"best_of\":2,\"max_tokens\":25}",
        "/v1/messages|{\"model\":\"claude\",\"max_tokens\":101,\"messages\":[{}]}|"
            + "{\"model\":\"claude\",\"max_tokens\":100,\"messages\":[{}]}",
        "/v1beta/models/gemini-2.5-pro:generateContent|{\"contents\":[{}]}|"
            + "{\"generationConfig\":{\"maxOutputTokens\":100},\"contents\":[{}]}",
        "/v1beta/models/g:generateContent|{\"contents\":[{}],\"generationConfig\":{ }}|"
            + "{\"contents\":[{}],\"generationConfig\":{\"maxOutputTokens\":100 }}",
        "/v1beta/models/g:generateContent|{\"contents\":[{}],\"generation_config\":{\"max_outp"
            + "ut_tokens\":777,\"candidateCount\":2}}|"
            + "{\"contents\":[{}],\"generation_config\":{\"max_output_tokens\":50,\"candidateCou"
            + "nt\":2}}",
        "/model/anthropic.claude-3/converse|{\"messages\":[{}],\"inferenceConfig\":{\"topP\":1}}|"
            + "{\"messages\":[{}],\"inferenceConfig\":{\"maxTokens\":100,\"topP\":1}}",
        "/model/us.meta.llama3-3-70b/invoke|{\"prompt\":\"x\"}|{\"max_gen_len\":100,\"prompt\""
            + ":\"x\"}",
        "/model/amazon.titan-text-lite/invoke|{\"inputText\":\"x\"}|"
            + "{\"textGenerationConfig\":{\"maxTokenCount\":100},\"inputText\":\"x\"}",
        "/model/amazon.nova-pro-v1%3A0/invoke|{\"messages\":[{}],\"inferenceConfig\":{\"max_ne"
            + "w_tokens\":500}}|"
            + "{\"messages\":[{}],\"inferenceConfig\":{\"max_new_tokens\":100}}",
        "/api/chat|{\"model\":\"l\",\"messages\":[{}],\"options\":{\"num_predict\":-1}}|"
            + "{\"model\":\"l\",\"messages\":[{}],\"options\":{\"num_predict\":100}}",
        "/api/generate|{\"model\":\"l\",\"prompt\":\"x\",\"options\":null}|"
            + "{\"model\":\"l\",\"prompt\":\"x\",\"options\":{\"num_predict\":100}}",
        "/v1/chat/completions|{\"model\":\"l\",\"max_tokens\":-1,\"messages\":[{}]}|"
            + "{\"model\":\"l\",\"max_tokens\":100,\"messages\":[{}]}",
        "/v1/chat/completions|{\"model\":\"m\",\"max_tokens\":1e5,\"messages\":[{}]}|"
            + "{\"model\":\"m\",\"max_tokens\":100,\"messages\":[{}]}",
        "/v1/chat/completions|{\"model\":\"m\",\"max_tokens\":\"77777\",\"messages\":[{}]}|"
            + "{\"model\":\"m\",\"max_tokens\":\"100\",\"messages\":[{}]}",
        "/v1/chat/completions|{\"model\":\"ft:gpt-5-mini:acme::x\",\"messages\":[{}]}|"
            + "{\"max_completion_tokens\":100,\"model\":\"ft:gpt-5-mini:acme::x\",\"messages\":[{}]}",
        "/v1/chat/completions|{\"model\":\"ft:gpt-4o:acme::x\",\"messages\":[{}]}|"
            + "{\"max_tokens\":100,\"model\":\"ft:gpt-4o:acme::x\",\"messages\":[{}]}",
        "/v2/chat|{\"model\":\"command-a\",\"messages\":[{}]}|"
            + "{\"max_tokens\":100,\"model\":\"command-a\",\"messages\":[{}]}",
      })
  void theLimitIsLoweredOrAddedWhereEachProviderWantsIt(String path, String body, String result) {
    assertEquals(result, clamped(path, body, 100));
  }

  @Test
  void aLimitThatIsWrittenOddlyAndIsLowerStays() {
    for (String fifty : new String[] {"5e1", "50.0", "\"50\""}) {
      String body = "{\"model\":\"gpt-4o\",\"max_tokens\":" + fifty + ",\"messages\":[{}]}";
      assertEquals(new Rewrite.Unchanged(50), read(CHAT, body).rewrite(100, false), fifty);
    }
  }

  @Test
  void aLowerLimitStays() {
    String body = "{\"model\":\"gpt-4o\",\"max_tokens\":50,\"messages\":[{}]}";
    assertEquals(new Rewrite.Unchanged(50), read(CHAT, body).rewrite(100, false));
  }

  @Test
  void thinkingIsLoweredWithTheLimitAndStaysBelowIt() {
    String body =
        "{\"model\":\"claude\",\"max_tokens\":20000,\"messages\":[{}],"
            + "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":16000}}";
    Map<String, Object> result = Json.object(Sample.utf8(clamped("/v1/messages", body, 8000)));
    assertEquals("8000", Json.at(result, "max_tokens").toString());
    assertEquals("6000", Json.at(result, "thinking.budget_tokens").toString());
    Rewrite small = read("/v1/messages", body).rewrite(1200, false);
    assertTrue(small instanceof Rewrite.Refused refused && refused.reason().contains("1024"));
  }

  @Test
  void geminisThinkingIsLoweredToo() {
    String body =
        "{\"contents\":[{}],\"generationConfig\":{\"maxOutputTokens\":9000,"
            + "\"thinkingConfig\":{\"thinkingBudget\":8000}}}";
    String path = "/v1beta/models/gemini-2.5-pro:generateContent";
    Map<String, Object> result = Json.object(Sample.utf8(clamped(path, body, 4000)));
    assertEquals(
        "3000", Json.at(result, "generationConfig.thinkingConfig.thinkingBudget").toString());
    assertInstanceOf(Rewrite.Refused.class, read(path, body).rewrite(100, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v1/chat/completions|{\"model\":\"m\",\"max_tokens\":\"many\",\"messages\":[{}]}",
        "/v1/chat/completions|{\"model\":\"m\",\"max_tokens\":\"\",\"messages\":[{}]}",
        "/v1/chat/completions|{\"model\":\"m\",\"max_tokens\":1e3,\"max_tokens\":\"x\",\"messages\":[{}]}",
        "/v1/chat/completions|{\"model\":\"m\",\"max_tokens\":500.5,\"messages\":[{}]}",
        "/v1/messages|{\"model\":\"m\",\"max_tokens\":-5,\"messages\":[{}]}",
        "/v1/chat/completions|{\"model\":\"m\",\"max_tokens\":{},\"messages\":[{}]}",
        "/v1/chat/completions|{\"model\":\"m\",\"n\":200,\"max_tokens\":9,\"messages\":[{}]}",
        "/v1beta/models/g:generateContent|{\"contents\":[{}],\"generationConfig\":7}",
        "/v1beta/models/g:generateContent|{\"contents\":[{}],\"generationConfig\":{\"maxOutput"
            + "Tokens\":900},\"generationConfig\":{}}",
        "/v1/chat/completions|{\"model\":\"m\",\"max_tokens\":500,\"messages\":[{}]",
        "/v1/chat/completions|{\"model\":\"m\",\"n\":\"8\",\"messages\":[{}]}",
        "/v1/chat/completions|{\"model\":\"m\",\"n\":true,\"max_tokens\":900,\"messages\":[{}]}",
        "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Aapplication-inference-profile%2Fx/invoke"
            + "|{\"prompt\":\"x\"}",
      })
  void whatCannotBeClampedForCertainIsRefused(String path, String body) {
    assertInstanceOf(Rewrite.Refused.class, read(path, body).rewrite(100, false));
  }

  @Test
  void theResponsesApiTakesNothingBelowSixteen() {
    LlmRequest request = read("/v1/responses", "{\"model\":\"gpt-5\",\"input\":\"x\"}");
    assertInstanceOf(Rewrite.Refused.class, request.rewrite(15, false));
    assertInstanceOf(Rewrite.Body.class, request.rewrite(16, false));
  }

  @Test
  void azureTakesTheNewerNameSinceItsVersionKnowsIt() {
    String path = "/openai/deployments/mine/chat/completions";
    String body = "{\"messages\":[{}],\"stream\":true}";
    Rewrite older = read(path, "api-version=2024-02-01", body).rewrite(100, true);
    Rewrite newer = read(path, "x=y&api-version=2024-10-21", body).rewrite(100, true);
    assertEquals(
        "{\"max_tokens\":100,\"messages\":[{}],\"stream\":true}",
        new String(((Rewrite.Body) older).bytes(), StandardCharsets.UTF_8));
    assertEquals(
        "{\"stream_options\":{\"include_usage\":true},\"max_completion_tokens\":100,"
            + "\"messages\":[{}],\"stream\":true}",
        new String(((Rewrite.Body) newer).bytes(), StandardCharsets.UTF_8));
    assertTrue(((Rewrite.Body) newer).usageAdded());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ",\"stream_options\":{}|,\"stream_options\":{\"include_usage\":true}",
        ",\"stream_options\":null|,\"stream_options\":{\"include_usage\":true}",
        ",\"stream_options\":{\"include_usage\":false,"
            + " \"a\":1}|,\"stream_options\":{\"include_usage\":true, \"a\":1}",
        ",\"stream_options\":{\"a\":1}|,\"stream_options\":{\"include_usage\":true,\"a\":1}",
      })
  void usageIsAskedForWhereItBelongs(String options, String result) {
    String start = "{\"model\":\"gpt-4o\",\"messages\":[{}],\"stream\":true";
    Rewrite rewrite = read(CHAT, start + options + "}").rewrite(-1, true);
    Rewrite.Body body = assertInstanceOf(Rewrite.Body.class, rewrite);
    assertEquals(start + result + "}", new String(body.bytes(), StandardCharsets.UTF_8));
    assertTrue(body.usageAdded());
  }

  @Test
  void usageIsNotAskedForWhereItComesAnywayOrIsAskedAlready() {
    String stream = "\"stream\":true,\"messages\":[{}]}";
    String asked = "{\"model\":\"gpt-4o\",\"stream_options\":{\"include_usage\":true}," + stream;
    for (String body :
        new String[] {
          asked,
          "{\"model\":\"gpt-4o\",\"messages\":[{}]}",
          "{\"model\":\"mistral-large\"," + stream
        }) {
      assertEquals(new Rewrite.Unchanged(-1), read(CHAT, body).rewrite(-1, true));
    }
  }

  @Test
  void anyDocumentDiffersInTheLimitAlone() {
    Random random = new Random(5);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder json = new StringBuilder("{");
      int members = 1 + random.nextInt(6);
      int limitAt = random.nextInt(members + 1);
      for (int i = 0; i < members; i++) {
        json.append(blank(random)).append(i == limitAt ? limit(random) : member(random, i));
        json.append(blank(random)).append(',');
      }
      json.append("\"messages\":[{\"max_tokens\":5,\"content\":\"\\\"max_tokens\\\":9\"}],")
          .append("\"model\":\"m\"}")
          .append(blank(random));
      byte[] body = Sample.utf8(json.toString());
      Map<String, Object> before = Json.object(body);
      Rewrite rewrite = read(CHAT, json.toString()).rewrite(100, false);
      byte[] result = rewrite instanceof Rewrite.Body changed ? changed.bytes() : body;
      Map<String, Object> after = Json.object(result);
      assertTrue(Integer.parseInt(after.get("max_tokens").toString()) <= 100);
      // All bytes but those of the limit are the old ones, in order.
      boolean added = !before.containsKey("max_tokens");
      before.put("max_tokens", after.get("max_tokens"));
      assertEquals(before, after);
      int prefix = added ? "\"max_tokens\":100,".length() : 0;
      assertArrayEquals(without(body, 0), without(result, prefix));
    }
  }

  private static String blank(Random random) {
    return new String[] {"", " ", "\n\t", "\r\n  "}[random.nextInt(4)];
  }

  private static String limit(Random random) {
    return "\"max_tokens\"" + blank(random) + ":" + blank(random) + random.nextInt(300);
  }

  private static String member(Random random, int i) {
    String[] values = {
      "{\"max_tokens\":1}", "[1,[2],{}]", "\"é\\u00e9\\\\\"", "-1.50e-3", "null", "true", "{ }"
    };
    return "\"k" + i + "\"" + blank(random) + ":" + values[random.nextInt(values.length)];
  }

  private static byte[] without(byte[] json, int prefix) {
    String text = "{" + new String(json, StandardCharsets.UTF_8).substring(1 + prefix);
    return Sample.utf8(
        text.replaceFirst(
            "(?<=[{,\\s]\"max_tokens\"\\s{0,9}:\\s{0,9})\\d+(?=\\s*,\\s*\"[km])", "N"));
  }
}
