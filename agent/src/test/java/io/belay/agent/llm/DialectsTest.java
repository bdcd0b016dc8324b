package io.belay.agent.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectsTest {

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions,openai-chat",
    "/chat/completions/,openai-chat",
    "/openai/deployments/d/chat/completions,openai-chat",
    "/v1/fim/completions,openai-chat",
    "/v1/responses,openai-responses",
    "/openai/deployments/d/completions,openai-completions",
    "/v1/completions,openai-completions",
    "/v1/embeddings,openai-embeddings",
    "/v1/responses/compact,openai-responses",
    "/api/embeddings,openai-embeddings",
    "/v1/messages,anthropic-messages",
    "/v1/projects/p/locations/l/publishers/anthropic/models/c@1:rawPredict,anthropic-messages",
    "/v1beta/models/g:streamGenerateContent,gemini",
    "/v1beta/models/g%3AgenerateContent,gemini",
    "/v1beta/models/g:batchEmbedContents,gemini",
    "/model/arn%3Aaws%3Abedrock%3Ax%2Fy/converse-stream,bedrock-converse",
    "/model/m/invoke-with-response-stream,bedrock-invoke",
    "/api/generate,ollama",
    "/v2/chat,cohere-v2",
    "/v1/messages/count_tokens,",
    "/v1/messages/batches,",
    "/v1/projects/p/locations/l/publishers/anthropic/models/count-tokens:rawPredict,",
    "/v1/chat/%63ompletions,openai-chat",
    "/v1/c%68at/completions,openai-chat",
    "/v1/chat/completions;x=1,openai-chat",
    "/v1//chat/./x/../completions,openai-chat",
    "/v1beta/tunedModels/mine:generateContent,gemini",
    "/v1/projects/p/locations/l/endpoints/7:streamGenerateContent,gemini",
    "/v1beta/models/g%3AgenerateContent,gemini",
    "/v1/publishers/anthropic/models/c:streamRawPredict,anthropic-messages",
    "/v1/Chat/Completions/,openai-chat",
    "/v1/models,",
    "/v1beta/models/g:countTokens,",
    "/v1/responses/resp_1/cancel,",
    "/v1/responses/input_tokens,",
    "/model/m/count-tokens,",
    "/v1/batches,",
    "/api/tags,",
    "/,",
  })
  void theEndOfThePathDecidesOnAnyHost(String path, String name) {
    assertEquals(
        name == null ? "" : name,
        Dialects.standard().match("POST", "any", 443, path).map(Dialect::name).orElse(""));
    assertTrue(Dialects.standard().match("GET", "any", 443, path).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/survey/responses|{\"answer\":42}|OTHER",
        "/survey/responses|{\"model\":\"T\",\"answer\":42}|OTHER",
        "/survey/responses|{\"model\":\"T\",\"input\":{\"q1\":2}}|OTHER",
        "/survey/responses|{\"model\":\"m\",\"input\":[{}]}|FITS",
        "/v1/responses|{\"answer\":42}|OTHER",
        "/v1/messages|{\"messages\":[{\"text\":\"hi\"}]}|OTHER",
        "/courses/completions|{\"model\":\"m\"}|OTHER",
        "/v1/chat/completions|{\"messages\":[{}],\"stream\":true}|FITS",
        "/v1/chat/completions|{\"model\":null,\"messages\":[{}]}|FITS",
        "/v1/chat/completions|{\"model\":\"\",\"messages\":[{}]}|FITS",
        "/v1/completions|{\"prompt\":\"hi\"}|FITS",
        "/v1/embeddings|{\"input\":\"hi\"}|OTHER",
        "/v1/embeddings|{\"input\":{\"widget\":1}}|OTHER",
        "/v1/messages|``|OTHER",
        "/v1/messages|hello|OTHER",
        "/v1/messages|[{}]|OTHER",
        "/v1/messages|{\"model\":\"m\",|UNREADABLE",
        "/v1/chat/completions|{\"chat\":4}|OTHER",
        "/v1/responses|{\"prompt\":\"How was it?\"}|OTHER",
        "/v1/responses|{\"conversation\":\"c\",\"text\":\"t\"}|OTHER",
        "/model/5/converse|{\"unit\":1}|OTHER",
        "/model/a/invoke|{\"x\":1}|OTHER",
        "/model/arn%3Aaws%3Abedrock%3A%3A1%3Aprompt%2FP/converse|{}|FITS",
        "/v1/messages|{\"max_tokens\":9,\"messages\":[{}]}|FITS",
        "/v1/responses|{\"prompt\":{\"id\":\"p\"}}|FITS",
        "/v1/responses|{\"model\":\"m\",\"previous_response_id\":\"r\"}|FITS",
        "/v1/responses|{\"model\":\"m\",\"instructions\":\"x\"}|FITS",
        "/openai/v1/responses|{\"model\":\"m\",\"conversation\":\"c\"}|FITS",
        "/gateway/responses|{\"model\":\"m\",\"prompt\":{\"id\":\"p\"}}|FITS",
        "/model/arn%3Aaws%3Abedrock%3A%3A1%3Aprompt%2FP/converse|{\"promptVariables\":{}}|FITS",
        "/v1beta/tunedModels/m:generateContent|{\"contents\":[{}]}|FITS",
        "/api/chat|{\"message\":\"hi\",\"session\":1}|OTHER",
        "/api/chat|{\"messages\":[{\"role\":\"user\"}]}|OTHER",
        "/v1/chat/completions|{\"model\":\"m\",\"messages\":[]}|FITS",
        "/v1/responses|{\"model\":\"m\",\"input\":[]}|FITS",
        "/v1/chat/completions|{\"model\":\"m\",\"messages\":[{}]}|FITS",
        "/v1/chat/completions|hello|OTHER",
        "/v1/chat/completions|[1]|OTHER",
      })
  void whatOnlySharesThePathIsNoModelCall(String path, String body, LlmRequest.Fit fit) {
    Dialect dialect = Dialects.standard().match("POST", "h", 443, path).orElseThrow();
    assertEquals(fit, dialect.read(Sample.utf8(body), path, "").fit());
  }

  @Test
  void closingEndsTheBillWhereTheProviderSaysSo() {
    Dialect chat = Dialects.all().get(0);
    assertTrue(Billing.stopsOnClose(chat, "api.openai.com:443", true));
    assertTrue(Billing.stopsOnClose(chat, "x.openai.azure.com", true));
    assertTrue(!Billing.stopsOnClose(chat, "api.openai.com", false));
    assertTrue(!Billing.stopsOnClose(chat, "api.groq.com", true));
    assertTrue(!Billing.stopsOnClose(chat, "notopenai.com", true));
  }
}
