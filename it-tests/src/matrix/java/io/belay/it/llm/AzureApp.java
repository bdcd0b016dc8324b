package io.belay.it.llm;

import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.ai.openai.OpenAIClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.ChatCompletionsFunctionToolCall;
import com.azure.ai.openai.models.ChatCompletionsFunctionToolDefinition;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatCompletionsToolDefinition;
import com.azure.ai.openai.models.ChatRequestAssistantMessage;
import com.azure.ai.openai.models.ChatRequestMessage;
import com.azure.ai.openai.models.ChatRequestToolMessage;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.ai.openai.models.ChatResponseMessage;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.util.BinaryData;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Azure's own SDK, on azure-core and Reactor Netty. */
class AzureApp extends SdkApp {
  private static final Map<String, OpenAIClient> BLOCKING = new ConcurrentHashMap<>();
  private static final Map<String, OpenAIAsyncClient> ASYNC = new ConcurrentHashMap<>();

  private static OpenAIClientBuilder at(String url) {
    return new OpenAIClientBuilder()
        .endpoint(url)
        // No key: it would be sent over TLS alone.
        .pipeline(new HttpPipelineBuilder().policies(new RetryPolicy()).build());
  }

  private static OpenAIClient blocking(String url) {
    return BLOCKING.computeIfAbsent(url, base -> at(base).buildClient());
  }

  static OpenAIAsyncClient async(String url) {
    return ASYNC.computeIfAbsent(url, base -> at(base).buildAsyncClient());
  }

  static ChatCompletionsOptions prompt() {
    return new ChatCompletionsOptions(List.of(new ChatRequestUserMessage("hello")));
  }

  static String text(ChatCompletions answer) {
    return answer.getChoices().stream()
        .map(choice -> choice.getMessage() == null ? choice.getDelta() : choice.getMessage())
        .map(message -> message.getContent() == null ? "" : message.getContent())
        .collect(Collectors.joining());
  }

  @Override
  String ask(String url) {
    return text(blocking(url).getChatCompletions("m", prompt()));
  }

  @Override
  CompletableFuture<String> askLater(String url) {
    return async(url).getChatCompletions("m", prompt()).map(AzureApp::text).toFuture();
  }

  @Override
  void stream(String url, Consumer<String> piece) {
    blocking(url).getChatCompletionsStream("m", prompt()).stream()
        .map(AzureApp::text)
        .filter(text -> !text.isEmpty())
        .forEach(piece);
  }

  @Override
  String converse(String url) {
    // Read from JSON, since the first versions have other types for it.
    ChatCompletionsFunctionToolDefinition lookUp =
        BinaryData.fromString(
                "{\"type\":\"function\",\"function\":{\"name\":\"lookUp\","
                    + "\"description\":\"fetches a page\",\"parameters\":{\"type\":\"object\"}}}")
            .toObject(ChatCompletionsFunctionToolDefinition.class);
    ChatRequestUserMessage hello = new ChatRequestUserMessage("hello");
    ChatResponseMessage answer = answer(url, lookUp, List.of(hello));
    ChatCompletionsFunctionToolCall call =
        (ChatCompletionsFunctionToolCall) answer.getToolCalls().get(0);
    Arguments arguments =
        BinaryData.fromString(call.getFunction().getArguments()).toObject(Arguments.class);
    String page = Tool.fetch(arguments.url);
    ChatRequestAssistantMessage asked =
        new ChatRequestAssistantMessage("").setToolCalls(answer.getToolCalls());
    ChatRequestToolMessage result = new ChatRequestToolMessage(page, call.getId());
    return answer(url, lookUp, List.of(hello, asked, result)).getContent();
  }

  private static ChatResponseMessage answer(
      String url, ChatCompletionsToolDefinition tool, List<ChatRequestMessage> messages) {
    ChatCompletionsOptions prompt = new ChatCompletionsOptions(messages).setTools(List.of(tool));
    return blocking(url).getChatCompletions("m", prompt).getChoices().get(0).getMessage();
  }

  /** Of the tool. */
  public static final class Arguments {
    public String url;
  }
}
