package io.belay.agent.boundary;

/**
 * openai-java 1.1 to 4 and anthropic-java, which are made by the same generator. Their traffic is
 * read and stopped at the HTTP client below; here a stopped run is asked about before a call is
 * retried, so that it sleeps through no back-off, and before a request is made up at all.
 */
final class OpenAiBoundary implements Boundary {
  private static final String OPENAI = "com.openai.services.blocking.";
  private static final String ANTHROPIC = "com.anthropic.services.blocking.";
  private static final String RAW = "Impl$WithRawResponseImpl";

  @Override
  public String name() {
    return "openai";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("com.openai.core.http.RetryingHttpClient", "com.anthropic.core.http.RetryingHttpClient")
        .checkAll("getRetryBackoff*")
        .in(
            OPENAI + "chat.ChatCompletionService" + RAW,
            OPENAI + "ResponseService" + RAW,
            OPENAI + "CompletionService" + RAW,
            OPENAI + "EmbeddingService" + RAW,
            ANTHROPIC + "MessageService" + RAW,
            ANTHROPIC + "beta.MessageService" + RAW)
        .checkAll("create*");
  }
}
