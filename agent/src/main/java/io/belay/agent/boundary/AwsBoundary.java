package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.HTTP;

/**
 * The AWS SDK for Java 2, blocking and asynchronous, over whatever HTTP client, and so Bedrock. A
 * call is asked about above its retries and before it is signed, which is the last moment at which
 * a request can be lowered.
 *
 * <p>Blast radius of an abort: one HTTP/2 stream, or one HTTP/1 connection.
 */
final class AwsBoundary implements Boundary {
  private static final String STAGES = "software.amazon.awssdk.core.internal.http.pipeline.stages.";

  @Override
  public String name() {
    return "aws-sdk";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in(STAGES + "RetryableStage", STAGES + "AsyncRetryableStage")
        .guard(HTTP, "execute", 2)
        .adapter("AwsAdapter")
        .in(STAGES + "MakeHttpRequestStage")
        .wire("execute", 2)
        .adapter("AwsAdapter")
        .in(STAGES + "MakeAsyncHttpRequestStage")
        .wire("doExecuteHttpRequest", 3)
        .adapter("AwsAdapter")
        // Where a blocking attempt can be got hold of.
        .in(
            "software.amazon.awssdk.http.apache.ApacheHttpClient",
            "software.amazon.awssdk.http.apache5.Apache5HttpClient",
            "software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient")
        .wire("prepareRequest", 1)
        .adapter("AwsAdapter")
        // Looks for idle connections of every run, for ever.
        .in(
            "software.amazon.awssdk.http.apache.internal.conn.IdleConnectionReaper",
            "software.amazon.awssdk.http.apache5.internal.conn.IdleConnectionReaper")
        .noRun("registerConnectionManager");
  }
}
