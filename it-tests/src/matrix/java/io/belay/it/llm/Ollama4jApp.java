package io.belay.it.llm;

import io.github.ollama4j.Ollama;
import io.github.ollama4j.models.chat.OllamaChatMessageRole;
import io.github.ollama4j.models.chat.OllamaChatRequest;
import io.github.ollama4j.models.chat.OllamaChatResponseModel;
import io.github.ollama4j.tools.Tools;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Ollama4j: a client of the JDK's for every call, and a loop of tools of its own. */
final class Ollama4jApp extends SdkApp {
  private static OllamaChatRequest prompt() {
    OllamaChatRequest prompt =
        OllamaChatRequest.builder()
            .withModel("m")
            .withMessage(OllamaChatMessageRole.USER, "hello")
            .build();
    prompt.setTools(new ArrayList<>()); // The first version adds to it without making it.
    return prompt;
  }

  private static String text(OllamaChatResponseModel answer) {
    return answer.getMessage().getResponse();
  }

  @Override
  String ask(String url) throws Exception {
    return text(new Ollama(url).chat(prompt(), null).getResponseModel());
  }

  @Override
  CompletableFuture<String> askLater(String url) {
    throw new IllegalStateException("this SDK answers at once");
  }

  @Override
  void stream(String url, Consumer<String> piece) throws Exception {
    new Ollama(url)
        .chat(
            prompt(),
            part -> {
              if (!text(part).isEmpty()) {
                piece.accept(text(part));
              }
            });
  }

  @Override
  String converse(String url) throws Exception {
    Ollama client = new Ollama(url);
    Tools.Property page = Tools.Property.builder().type("string").required(true).build();
    client.registerTool(
        Tools.Tool.builder()
            .toolSpec(
                Tools.ToolSpec.builder()
                    .name("lookUp")
                    .description("fetches a page")
                    .parameters(Tools.Parameters.of(Map.of("url", page)))
                    .build())
            .toolFunction(arguments -> Tool.fetch(String.valueOf(arguments.get("url"))))
            .build());
    OllamaChatRequest prompt = prompt();
    prompt.setUseTools(true);
    return text(client.chat(prompt, null).getResponseModel());
  }
}
