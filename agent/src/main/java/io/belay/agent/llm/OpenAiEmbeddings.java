package io.belay.agent.llm;

/** OpenAI's embeddings: input only. */
final class OpenAiEmbeddings extends Dialect {

  OpenAiEmbeddings() {
    super("openai-embeddings", request(), answers());
  }

  private static Shape request() {
    Shape shape = new Shape().put(Ask.MODEL, "model");
    // Ollama's first version of it has a prompt, and counts nothing.
    return OpenAiCompletions.prompts(shape, "input").put(Ask.MESSAGE, "prompt");
  }

  private static Shape answers() {
    Shape shape = new Shape().put(Slot.MODEL, "model").put(Slot.ERROR, "error");
    return OpenAiUsage.put(shape, "usage");
  }

  @Override
  boolean matches(String path) {
    return path.endsWith("/embeddings");
  }

  @Override
  String model(String path) {
    return Paths.between(path, "/deployments/", "/");
  }

  @Override
  boolean generates(String path) {
    return false;
  }

  @Override
  void event(Fields fields, Tally tally) {
    tally.identify(fields);
    if (fields.has(Slot.ERROR)) {
      tally.error();
    }
    if (OpenAiUsage.present(fields)) {
      tally.report(OpenAiUsage.of(fields));
      tally.complete();
    }
    tally.terminal();
  }

  @Override
  Clamp.Place limit(LlmRequest request) {
    return new Clamp.Place("", Ask.LIMIT);
  }
}
