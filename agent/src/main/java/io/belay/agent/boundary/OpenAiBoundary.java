package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.LLM;

/**
 * openai-java 1.1 to 4. Its traffic is read and stopped at the HTTP client below; every call of it,
 * of whatever service, passes the client that retries. A stopped run is refused there before a
 * request is made up, and sleeps through no back-off.
 *
 * <p>An asynchronous back-off is a future that a timer completes: it is ended like a call, or who
 * waits for the answer would wait for ever.
 */
final class OpenAiBoundary implements Boundary {
  private static final String CORE = "com.openai.core.";

  @Override
  public String name() {
    return "openai";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in(CORE + "http.RetryingHttpClient")
        .ask(LLM, "execute", 2)
        .pause("getRetryBackoff*")
        .retry("shouldRetry", "java.lang.Throwable")
        .in(CORE + "DefaultSleeper", CORE + "http.RetryingHttpClient$Companion")
        .guard(LLM, "sleepAsync", 1)
        .adapter("PauseAdapter");
  }
}
