package io.belay.it.llm;

import com.google.adk.agents.LlmAgent;
import com.google.adk.agents.RunConfig;
import com.google.adk.events.Event;
import com.google.adk.models.Gemini;
import com.google.adk.runner.InMemoryRunner;
import com.google.adk.tools.FunctionTool;
import com.google.genai.types.Content;
import com.google.genai.types.Part;
import io.reactivex.rxjava3.core.Flowable;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Google's Agent Development Kit on google-genai. */
public final class AdkApp extends SdkApp {
  /** The tool; it is known by its name, and answers as the kit wants it. */
  public static Map<String, Object> lookUp(
      @com.google.adk.tools.Annotations.Schema(name = "url") String url) {
    return Map.of("page", Tool.fetch(url));
  }

  private static Flowable<Event> answers(String url, RunConfig config, Object... tools) {
    LlmAgent agent =
        LlmAgent.builder()
            .name("assistant")
            .model(Gemini.builder().modelName("m").apiClient(GenAiApp.at(url)).build())
            .tools(tools)
            .build();
    InMemoryRunner runner = new InMemoryRunner(agent, "app");
    String session = runner.sessionService().createSession("app", "user").blockingGet().id();
    return runner.runAsync("user", session, Content.fromParts(Part.fromText("hello")), config);
  }

  private static Flowable<Event> answers(String url, Object... tools) {
    return answers(url, RunConfig.builder().build(), tools);
  }

  private static String all(Flowable<Event> answers) {
    return answers.map(AdkApp::text).blockingStream().collect(Collectors.joining());
  }

  private static String text(Event event) {
    return event
        .content()
        .flatMap(Content::parts)
        .map(parts -> parts.stream().flatMap(part -> part.text().stream()))
        .map(texts -> texts.collect(Collectors.joining()))
        .orElse("");
  }

  @Override
  String ask(String url) {
    return all(answers(url));
  }

  @Override
  CompletableFuture<String> askLater(String url) {
    return answers(url)
        .map(AdkApp::text)
        .collect(Collectors.joining())
        .toCompletionStage()
        .toCompletableFuture();
  }

  @Override
  void stream(String url, Consumer<String> piece) {
    RunConfig streaming = RunConfig.builder().streamingMode(RunConfig.StreamingMode.SSE).build();
    answers(url, streaming)
        .filter(event -> event.partial().orElse(false))
        .map(AdkApp::text)
        .doOnNext(piece::accept) // Where it comes: the kit reads on the thread that subscribes.
        .ignoreElements()
        .blockingAwait();
  }

  @Override
  String converse(String url) {
    return all(answers(url, FunctionTool.create(AdkApp.class, "lookUp")));
  }
}
