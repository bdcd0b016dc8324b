package io.belay.it.stop;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.util.Iterator;

/** Talks to a model: so many turns, one after the other. */
final class Chat {
  private static final OpenAIClient CLIENT = OpenAIOkHttpClient.builder().apiKey("none").build();

  private Chat() {}

  private static OpenAIClient at(String url) {
    return CLIENT.withOptions(options -> options.baseUrl(url));
  }

  private static ChatCompletionCreateParams prompt() {
    return ChatCompletionCreateParams.builder().model("m").addUserMessage("hello").build();
  }

  /** One streamed answer; tells of every token that has come. */
  static String stream(String key, String url) {
    StringBuilder text = new StringBuilder();
    try (StreamResponse<ChatCompletionChunk> chunks =
        at(url).chat().completions().createStreaming(prompt())) {
      for (Iterator<ChatCompletionChunk> i = chunks.stream().iterator(); i.hasNext(); ) {
        i.next().choices().stream()
            .flatMap(choice -> choice.delta().content().stream())
            .forEach(text::append);
        Script.tell(key, text.toString());
      }
    }
    return text.toString();
  }

  /** One answer in one piece. */
  static String ask(String url) {
    return at(url).chat().completions().create(prompt()).choices().get(0).message().content().get();
  }

  /** Arguments: key, URL, number of turns. */
  static final class Streaming implements App {
    @Override
    public String run(String... args) {
      StringBuilder text = new StringBuilder();
      for (int turn = 0; turn < Integer.parseInt(args[2]); turn++) {
        text.append(stream(args[0], args[1]));
      }
      return text.toString();
    }
  }

  /** Arguments: key, URL, number of turns. */
  static final class Blocking implements App {
    @Override
    public String run(String... args) {
      StringBuilder text = new StringBuilder();
      for (int turn = 0; turn < Integer.parseInt(args[2]); turn++) {
        text.append(ask(args[1]));
      }
      return text.toString();
    }
  }

  /** Computes between two calls, for as long as the test likes. Arguments: key, URL. */
  static final class Pondering implements App {
    @Override
    public String run(String... args) {
      String first = ask(args[1]);
      Script.tell(args[0], "pondering");
      Script.await(args[0], "go on");
      return first + ask(args[1]);
    }
  }

  /** Holds every failure for a reason to try again. Arguments: key, URL, number of tries. */
  static final class Stubborn implements App {
    @Override
    public String run(String... args) {
      StringBuilder text = new StringBuilder();
      for (int attempt = 0; attempt < Integer.parseInt(args[2]); attempt++) {
        try {
          text.append(ask(args[1]));
        } catch (RuntimeException e) {
          text.append('!');
        }
      }
      return text.toString();
    }
  }
}
