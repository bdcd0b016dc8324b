package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.HTTP;

/**
 * azure-core 1, and so Azure OpenAI: a call is asked about above its retries, and a stopped run
 * sleeps through no pause of a blocking one. Its traffic is read and stopped at the HTTP client
 * below.
 */
final class AzureBoundary implements Boundary {
  @Override
  public String name() {
    return "azure-core";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("com.azure.core.http.policy.RetryPolicy")
        .ask(HTTP, "processSync", 2)
        .pause("determineDelayDuration")
        .retry(
            "shouldRetryException",
            "com.azure.core.http.policy.RetryStrategy",
            "java.lang.Throwable",
            "int",
            "java.util.List");
  }
}
