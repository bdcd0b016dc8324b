package io.belay.it.llm;

import java.util.function.Consumer;

/** The same SDK's streams as a publisher, which the application waits for outside of it. */
final class AzureAsyncApp extends AzureApp {
  @Override
  void stream(String url, Consumer<String> piece) {
    async(url)
        .getChatCompletionsStream("m", prompt())
        .map(AzureApp::text)
        .filter(text -> !text.isEmpty())
        .doOnNext(piece)
        .blockLast();
  }
}
