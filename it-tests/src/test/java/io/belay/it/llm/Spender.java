package io.belay.it.llm;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.belay.it.harness.App;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks a model again and again, from many threads, until it is refused or has had its turns.
 * Arguments: URL, threads, turns of each, {@code stream} or {@code plain}, the output to ask for or
 * 0 to leave it out. Answers how many calls went through, and how often a chunk came without
 * choices.
 */
final class Spender implements App {
  private int empty;

  @Override
  public String run(String... args) throws Exception {
    OpenAIClient client = OpenAIOkHttpClient.builder().apiKey("none").baseUrl(args[0]).build();
    int threads = Integer.parseInt(args[1]);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(pool.submit(() -> turns(client, args)));
      }
      int made = 0;
      for (Future<Integer> each : all) {
        made += each.get();
      }
      return made + " " + empty;
    } finally {
      pool.shutdownNow();
      client.close();
    }
  }

  private int turns(OpenAIClient client, String... args) {
    ChatCompletionCreateParams.Builder prompt =
        ChatCompletionCreateParams.builder().model("m").addUserMessage("hello");
    long asked = Long.parseLong(args[4]);
    if (asked > 0) {
      prompt.maxCompletionTokens(asked);
    }
    for (int turn = 0; turn < Integer.parseInt(args[2]); turn++) {
      try {
        if (args[3].equals("stream")) {
          stream(client, prompt.build());
        } else {
          client.chat().completions().create(prompt.build());
        }
      } catch (java.util.concurrent.CancellationException refused) {
        return turn;
      }
    }
    return Integer.parseInt(args[2]);
  }

  private void stream(OpenAIClient client, ChatCompletionCreateParams prompt) {
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(prompt)) {
      for (Iterator<ChatCompletionChunk> i = chunks.stream().iterator(); i.hasNext(); ) {
        if (i.next().choices().isEmpty()) {
          synchronized (this) {
            empty++;
          }
        }
      }
    }
  }
}
