package io.belay.it.llm;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.belay.it.harness.App;

/** Streams an answer to a request that is signed, so that nobody may change it. Argument: URL. */
final class SignedStream implements App {
  @Override
  public String run(String... args) {
    OpenAIClient client =
        OpenAIOkHttpClient.builder()
            .apiKey("none")
            .baseUrl(args[0])
            .putHeader("Content-Digest", "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:")
            .build();
    ChatCompletionCreateParams prompt =
        ChatCompletionCreateParams.builder().model("m").addUserMessage("hello").build();
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(prompt)) {
      return String.valueOf(chunks.stream().count());
    } finally {
      client.close();
    }
  }
}
