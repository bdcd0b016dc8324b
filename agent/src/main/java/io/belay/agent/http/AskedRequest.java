package io.belay.agent.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/** The application's request with another body or other headers. */
final class AskedRequest extends HttpRequest {
  private final HttpRequest given;
  private final Optional<BodyPublisher> body;
  private final HttpHeaders headers;

  AskedRequest(HttpRequest given, Optional<BodyPublisher> body, HttpHeaders headers) {
    this.given = given;
    this.body = body;
    this.headers = headers;
  }

  @Override
  public Optional<BodyPublisher> bodyPublisher() {
    return body;
  }

  @Override
  public HttpHeaders headers() {
    return headers;
  }

  @Override
  public String method() {
    return given.method();
  }

  @Override
  public Optional<Duration> timeout() {
    return given.timeout();
  }

  @Override
  public boolean expectContinue() {
    return given.expectContinue();
  }

  @Override
  public URI uri() {
    return given.uri();
  }

  @Override
  public Optional<HttpClient.Version> version() {
    return given.version();
  }
}
