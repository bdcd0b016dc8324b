package io.belay.agent.http;

import io.belay.boot.Inbound;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** One request of Vert.x. It is answered from any thread, and over when its response has ended. */
final class VertxRequest extends Inbound {
  private final HttpServerRequest request;
  private final HttpServerResponse response;

  VertxRequest(HttpServerRequest request, HttpServerResponse response) {
    this.request = request;
    this.response = response;
  }

  @Override
  public String path() {
    String path = request.path();
    return path == null ? "" : path;
  }

  @Override
  public @Nullable String query() {
    return request.query();
  }

  @Override
  public @Nullable String header(String name) {
    return request.getHeader(name);
  }

  @Override
  public void respond(String header, String value) {
    response.putHeader(header, value);
  }

  @Override
  public String remoteAddress() {
    return request.connection().remoteAddress() == null
        ? ""
        : String.valueOf(request.connection().remoteAddress().hostAddress());
  }

  @Override
  public int remotePort() {
    return request.connection().remoteAddress() == null
        ? -1
        : request.connection().remoteAddress().port();
  }

  @Override
  public int localPort() {
    return request.connection().localAddress() == null
        ? -1
        : request.connection().localAddress().port();
  }

  @Override
  public int status() {
    return response.getStatusCode();
  }

  @Override
  public boolean isPending() {
    return !response.ended();
  }

  /** The server tells by itself; asking it takes its lock, in which it may wait for Belay. */
  @Override
  public boolean isAnswered() {
    return false;
  }

  @Override
  public boolean isBlank() {
    return !response.headWritten() && response.getStatusCode() == 200;
  }

  @Override
  public boolean answer(int status, byte[] body) {
    if (response.headWritten() || response.ended() || response.closed()) {
      return false;
    }
    response.headers().remove("Content-Encoding").remove("Transfer-Encoding");
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Content-Length", String.valueOf(body.length))
        .end(Buffer.buffer(body));
    return true;
  }

  @Override
  public boolean event(byte[] event) {
    if (!response.headWritten()
        || response.ended()
        || response.closed()
        || !isEventStream(response.headers().get("Content-Type"))) {
      return false;
    }
    response.end(Buffer.buffer(event));
    return true;
  }

  @Override
  public boolean tellsWhenClientLeaves() {
    return true;
  }

  @Override
  public boolean endsWithClient() {
    return true;
  }

  @Override
  public Object key() {
    return response;
  }
}
