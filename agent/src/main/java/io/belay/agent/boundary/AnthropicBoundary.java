package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.LLM;
import static io.belay.agent.run.Kind.TOOL;

/**
 * anthropic-java 1 to 3, made by the generator of openai-java. Its traffic is read and stopped at
 * the HTTP client below; every call of it, of whatever service, passes the client that retries. A
 * stopped run is refused there before a request is made up, and sleeps through no back-off.
 *
 * <p>An asynchronous back-off is a future that a timer completes: it is ended like a call, or who
 * waits for the answer would wait for ever.
 *
 * <p>The tools of its tool runner are boundaries. What a tool throws becomes its result inside the
 * guarded method: a refusal that would be told to the model so is thrown on from here.
 */
final class AnthropicBoundary implements Boundary {
  private static final String CORE = "com.anthropic.core.";

  @Override
  public String name() {
    return "anthropic";
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
        .adapter("PauseAdapter")
        // On Bedrock another thread unpacks the stream: who reads it waits at a pipe.
        .in(CORE + "handlers.IOExceptionWrappingSequence$iterator$1")
        .tell("hasNext", 0)
        .optional()
        .in("com.anthropic.helpers.BetaToolRunner")
        .guardAll(TOOL, "generateToolUseResult")
        .text("name of argument 0");
  }
}
