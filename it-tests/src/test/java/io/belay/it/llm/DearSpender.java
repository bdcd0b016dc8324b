package io.belay.it.llm;

import com.anthropic.client.AnthropicClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.WebSearchTool20250305;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionAudioParam;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.belay.it.harness.App;
import java.util.concurrent.CancellationException;

/**
 * Asks for answers that are dearer than text, until it is refused or has had its turns. Arguments:
 * URL, turns, what to ask for. Answers how many calls went through.
 */
final class DearSpender implements App {

  @Override
  public String run(String... args) {
    int turns = Integer.parseInt(args[1]);
    for (int turn = 0; turn < turns; turn++) {
      try {
        if (args[2].equals("search")) {
          search(AnthropicApp.at(args[0]));
        } else {
          complete(args[0], args[2]);
        }
      } catch (CancellationException refused) {
        return String.valueOf(turn);
      }
    }
    return String.valueOf(turns);
  }

  private static void search(AnthropicClient client) {
    client
        .messages()
        .create(
            MessageCreateParams.builder()
                .model("claude-opus-4-5")
                .maxTokens(200)
                .addUserMessage("hello")
                .addTool(WebSearchTool20250305.builder().maxUses(2L).build())
                .build());
  }

  private static void complete(String url, String what) {
    OpenAIClient client = OpenAIOkHttpClient.builder().apiKey("none").baseUrl(url).build();
    ChatCompletionCreateParams.Builder prompt =
        ChatCompletionCreateParams.builder().addUserMessage("hello");
    if (what.equals("sound")) {
      prompt
          .model("gpt-audio")
          .addModality(ChatCompletionCreateParams.Modality.of("text"))
          .addModality(ChatCompletionCreateParams.Modality.of("audio"))
          .audio(
              ChatCompletionAudioParam.builder()
                  .voice("alloy")
                  .format(ChatCompletionAudioParam.Format.WAV)
                  .build());
    } else {
      prompt.model("gpt-5").serviceTier(ChatCompletionCreateParams.ServiceTier.of("priority"));
    }
    try {
      if (what.equals("streamed priority")) {
        try (StreamResponse<ChatCompletionChunk> chunks =
            client.chat().completions().createStreaming(prompt.build())) {
          chunks.stream().forEach(chunk -> {});
        }
      } else {
        client.chat().completions().create(prompt.build());
      }
    } finally {
      client.close();
    }
  }
}
