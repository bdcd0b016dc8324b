package io.belay.it.llm;

import com.anthropic.models.messages.MessageCreateParams;
import com.google.genai.types.GenerateContentConfig;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.belay.api.Belay;
import io.belay.api.RunOptions;
import io.belay.it.harness.App;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many threads that ask by four SDKs at once. Arguments: the key, the URLs for the SDKs in their
 * order, threads for each, turns of each thread, the limit of each SDK's own child run or nothing.
 * Answers how many calls went through.
 */
final class FourSdks implements App {
  private static final Map<String, ChatModel> MODELS = new ConcurrentHashMap<>();

  @Override
  public String run(String... args) throws Exception {
    int threads = Integer.parseInt(args[5]);
    int turns = Integer.parseInt(args[6]);
    List<Callable<?>> asks =
        List.of(openAi(args[1]), anthropic(args[2]), genAi(args[3]), langChain(args[4]));
    ExecutorService pool = Executors.newFixedThreadPool(asks.size() * threads);
    CountDownLatch start = new CountDownLatch(1);
    try {
      List<Future<Integer>> all = new ArrayList<>();
      for (int sdk = 0; sdk < asks.size(); sdk++) {
        Callable<?> ask = asks.get(sdk);
        if (args[7].isEmpty()) {
          begin(pool, threads, turns, start, ask, all);
        } else {
          RunOptions child = RunOptions.of(args[0] + "-" + sdk).budget("output-tokens", args[7]);
          Belay.run(
              child,
              () -> {
                begin(pool, threads, turns, start, ask, all);
                return null;
              });
        }
      }
      start.countDown();
      int made = 0;
      for (Future<Integer> each : all) {
        made += each.get();
      }
      return String.valueOf(made);
    } finally {
      pool.shutdownNow();
    }
  }

  private static void begin(
      ExecutorService pool,
      int threads,
      int turns,
      CountDownLatch start,
      Callable<?> ask,
      List<Future<Integer>> all) {
    for (int i = 0; i < threads; i++) {
      all.add(
          pool.submit(
              () -> {
                start.await();
                return turns(ask, turns);
              }));
    }
  }

  private static int turns(Callable<?> ask, int turns) throws Exception {
    int made = 0;
    for (int turn = 0; turn < turns; turn++) {
      try {
        ask.call();
        made++;
      } catch (RuntimeException refused) {
        // The next may find that somebody has used less than was set aside.
        if (!isRefusal(refused)) {
          throw refused;
        }
      }
    }
    return made;
  }

  private static boolean isRefusal(Throwable thrown) {
    return thrown != null
        && (thrown instanceof CancellationException || isRefusal(thrown.getCause()));
  }

  private static Callable<?> openAi(String url) {
    ChatCompletionCreateParams prompt =
        ChatCompletionCreateParams.builder()
            .model("m")
            .addUserMessage("hello")
            .maxCompletionTokens(20)
            .build();
    return () -> new OpenAiApp().at(url).chat().completions().create(prompt);
  }

  private static Callable<?> anthropic(String url) {
    MessageCreateParams prompt =
        MessageCreateParams.builder().model("m").maxTokens(30).addUserMessage("hello").build();
    return () -> AnthropicApp.at(url).messages().create(prompt);
  }

  /** Asks for no limit at all. */
  private static Callable<?> genAi(String url) {
    GenerateContentConfig plain = GenerateContentConfig.builder().build();
    return () -> GenAiApp.at(url).models.generateContent("m", "hello", plain);
  }

  private static Callable<?> langChain(String url) {
    ChatModel model =
        MODELS.computeIfAbsent(
            url,
            base ->
                OpenAiChatModel.builder()
                    .baseUrl(base)
                    .apiKey("none")
                    .modelName("m")
                    .maxTokens(25)
                    .build());
    ChatRequest prompt = ChatRequest.builder().messages(UserMessage.from("hello")).build();
    return () -> model.chat(prompt);
  }
}
