package io.belay.it.llm;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.util.concurrent.CancellationException;

/**
 * Asks until it was answered so often; when it is refused, it says so and waits to be told to go
 * on. Arguments: the key, the URL, how often. Answers how often it was refused.
 */
final class Patient implements App {
  @Override
  public String run(String... args) {
    OpenAIClient client = OpenAIOkHttpClient.builder().apiKey("none").baseUrl(args[1]).build();
    ChatCompletionCreateParams prompt =
        ChatCompletionCreateParams.builder().model("m").addUserMessage("hello").build();
    int refused = 0;
    for (int answered = 0; answered < Integer.parseInt(args[2]); ) {
      try {
        client.chat().completions().create(prompt);
        answered++;
      } catch (CancellationException spent) {
        refused++;
        Script.tell(args[0], "refused " + refused);
        Script.await(args[0], "go on " + refused);
      }
    }
    client.close();
    return String.valueOf(refused);
  }
}
