package io.belay.it.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** The control plane of a JVM, as anybody outside would use it. */
public final class ControlPlane {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI base;

  /**
   * The one at {@code base}.
   *
   * @param base scheme, host and port
   */
  public ControlPlane(URI base) {
    this.base = base;
  }

  /** Where it listens. */
  public int port() {
    return base.getPort();
  }

  /** Any request, with the answer as it is; {@code body} may be null. */
  public HttpResponse<String> request(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(90))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(method + ' ' + base.resolve(path), e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Stops a run; returns when the stop is acknowledged. */
  public JsonNode stop(String id) {
    return post("/runs/" + id + "/stop", "{\"reason\":\"test\"}", 202);
  }

  /** The report of a run that was stopped, once all of it is quiet. */
  public JsonNode report(String id) {
    JsonNode report = post("/runs/" + id + "/stop?wait=60s", "{}", 200);
    if (!report.path("quietAfterMs").isNumber()) {
      throw new AssertionError("run " + id + " does not become quiet: " + report.toPrettyString());
    }
    return report;
  }

  /** A run. */
  public JsonNode run(String id) {
    return get("/runs/" + id);
  }

  /**
   * A run that has ended. What a run began with may return before the run is listed or over: its
   * calls and its stop are at their end a moment later.
   */
  public JsonNode over(String id) {
    String path = "/runs/" + id;
    AtomicReference<HttpResponse<String>> last = new AtomicReference<>();
    Await.until(
        () -> id + " is over: " + last.get().body(),
        () -> {
          last.set(request("GET", path, null));
          return last.get().statusCode() != 404
              && read(last.get(), 200, path).hasNonNull("endedAt");
        });
    return read(last.get(), 200, path);
  }

  /** The answer to GET, which must be 200. */
  public JsonNode get(String path) {
    return read(request("GET", path, null), 200, path);
  }

  private JsonNode post(String path, String body, int status) {
    return read(request("POST", path, body), status, path);
  }

  private static JsonNode read(HttpResponse<String> answer, int status, String path) {
    if (answer.statusCode() != status) {
      throw new AssertionError(path + ": " + answer.statusCode() + ' ' + answer.body());
    }
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(answer.body(), e);
    }
  }
}
