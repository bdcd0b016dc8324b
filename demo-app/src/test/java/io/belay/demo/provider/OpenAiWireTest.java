package io.belay.demo.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletion.Choice.FinishReason;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the provider sends is what OpenAI's own client reads. */
@Timeout(180)
final class OpenAiWireTest {
  private Provider provider;
  private OpenAIClient client;

  @BeforeEach
  void start() throws IOException {
    provider = Provider.start(0, token -> 0);
    client = OpenAIOkHttpClient.builder().baseUrl(provider.url() + "/v1").apiKey("sk-test").build();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    provider.close();
  }

  @Test
  void aStreamHasOneDeltaPerTokenAndItsUsageIsTheLedgers() {
    ChatCompletionAccumulator answer = ChatCompletionAccumulator.create();
    List<ChatCompletionChunk> chunks = stream(talk().streamOptions(usage()), answer);
    ChatCompletion completion = answer.chatCompletion();
    long deltas = chunks.stream().filter(OpenAiWireTest::hasContent).count();
    assertEquals(200, deltas);
    assertEquals(200, completion.usage().orElseThrow().completionTokens());
    assertEquals(200, provider.ledger().entries().get(0).tokens());
    assertEquals(2, completion.usage().orElseThrow().promptTokens());
    assertEquals(FinishReason.STOP, completion.choices().get(0).finishReason());
  }

  @Test
  void aStreamThatDidNotAskForUsageCarriesNone() {
    ChatCompletionAccumulator answer = ChatCompletionAccumulator.create();
    List<ChatCompletionChunk> chunks = stream(talk(), answer);
    assertFalse(answer.chatCompletion().usage().isPresent());
    assertFalse(chunks.stream().anyMatch(chunk -> chunk.choices().isEmpty()));
  }

  @Test
  void anAnswerThatIsNotStreamedIsTheSameText() {
    ChatCompletionAccumulator streamed = ChatCompletionAccumulator.create();
    stream(talk(), streamed);
    ChatCompletion whole = client.chat().completions().create(talk().build());
    assertEquals(
        streamed.chatCompletion().choices().get(0).message().content(),
        whole.choices().get(0).message().content());
    assertEquals(200, whole.usage().orElseThrow().completionTokens());
  }

  @Test
  void theRequestsOwnLimitIsKept() {
    ChatCompletion old = client.chat().completions().create(limited("max_tokens").build());
    assertEquals(17, old.usage().orElseThrow().completionTokens());
    assertEquals(FinishReason.LENGTH, old.choices().get(0).finishReason());

    ChatCompletionAccumulator answer = ChatCompletionAccumulator.create();
    stream(limited("max_completion_tokens").streamOptions(usage()), answer);
    assertEquals(17, answer.chatCompletion().usage().orElseThrow().completionTokens());
    assertEquals(FinishReason.LENGTH, answer.chatCompletion().choices().get(0).finishReason());
  }

  @Test
  void toolCallsArriveInPiecesAndAreWhole() {
    ChatCompletionCreateParams.Builder params =
        ChatCompletionCreateParams.builder()
            .model("gpt-4.1")
            .addSystemMessage("You are an investigator.")
            .addUserMessage("district heating");
    ChatCompletionAccumulator answer = ChatCompletionAccumulator.create();
    List<ChatCompletionChunk> chunks = stream(params, answer);
    ChatCompletion.Choice choice = answer.chatCompletion().choices().get(0);
    ChatCompletionMessageFunctionToolCall call =
        choice.message().toolCalls().orElseThrow().get(0).asFunction();
    assertEquals(FinishReason.TOOL_CALLS, choice.finishReason());
    assertEquals("search_web", call.function().name());
    assertEquals("{\"query\":\"district heating overview\"}", call.function().arguments());
    assertFalse(call.id().isEmpty());
    assertEquals(
        1 + 8, chunks.stream().filter(chunk -> !hasContent(chunk) && hasToolCall(chunk)).count());
  }

  @Test
  void aRequestWhoseMessagesAreNoneIsABadRequest() {
    ChatCompletionCreateParams params =
        talk().putAdditionalBodyProperty("messages", JsonValue.from("none")).build();
    assertThrows(BadRequestException.class, () -> client.chat().completions().create(params));
    assertEquals(0, provider.ledger().entries().get(0).tokens());
  }

  private List<ChatCompletionChunk> stream(
      ChatCompletionCreateParams.Builder params, ChatCompletionAccumulator answer) {
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(params.build())) {
      return chunks.stream().map(answer::accumulate).toList();
    }
  }

  private static ChatCompletionCreateParams.Builder talk() {
    return ChatCompletionCreateParams.builder().model("gpt-4.1").addUserMessage("Hello there");
  }

  private static ChatCompletionCreateParams.Builder limited(String field) {
    return talk().putAdditionalBodyProperty(field, JsonValue.from(17));
  }

  private static ChatCompletionStreamOptions usage() {
    return ChatCompletionStreamOptions.builder().includeUsage(true).build();
  }

  private static boolean hasContent(ChatCompletionChunk chunk) {
    return chunk.choices().stream()
        .anyMatch(choice -> choice.delta().content().filter(text -> !text.isEmpty()).isPresent());
  }

  private static boolean hasToolCall(ChatCompletionChunk chunk) {
    return chunk.choices().stream().anyMatch(choice -> choice.delta().toolCalls().isPresent());
  }
}
