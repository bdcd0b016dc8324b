package io.belay.demo;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import java.util.List;

/** A chat with the model that remembers what was said. Not thread-safe: one per agent. */
final class Conversation {
  private final OpenAIClient llm;
  private final ChatCompletionCreateParams.Builder params;

  private Conversation(OpenAIClient llm, ChatCompletionCreateParams.Builder params) {
    this.llm = llm;
    this.params = params;
  }

  static Conversation begin(OpenAIClient llm, String model, String system, String user) {
    return begin(llm, model, system, user, List.of());
  }

  /**
   * Begins a conversation; nothing is sent yet.
   *
   * @param tools classes whose public fields are the parameters of the tool they describe
   */
  static Conversation begin(
      OpenAIClient llm, String model, String system, String user, List<Class<?>> tools) {
    ChatCompletionCreateParams.Builder params =
        ChatCompletionCreateParams.builder()
            .model(model)
            .maxCompletionTokens(800)
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .addSystemMessage(system)
            .addUserMessage(user);
    tools.forEach(params::addTool);
    return new Conversation(llm, params);
  }

  /** Streams the model's next message, and returns it when it is complete. */
  ChatCompletionMessage next() {
    ChatCompletionAccumulator answer = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> chunks =
        llm.chat().completions().createStreaming(params.build())) {
      chunks.stream().forEach(answer::accumulate);
    }
    ChatCompletionMessage message = answer.chatCompletion().choices().get(0).message();
    params.addMessage(message);
    return message;
  }

  void addToolResult(String toolCallId, String result) {
    params.addMessage(
        ChatCompletionToolMessageParam.builder().toolCallId(toolCallId).content(result).build());
  }
}
