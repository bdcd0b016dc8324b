package io.belay.agent.http;

import io.belay.boot.Inbound;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * An exchange of WebFlux whose handler has failed. What is answered is not written at once, but by
 * whoever subscribes to {@link #result}: the framework, in place of what it would have done.
 */
final class WebFluxExchange extends Inbound {
  private final ServerWebExchange exchange;
  private final ServerHttpRequest request;
  private final ServerHttpResponse response;
  private @Nullable Mono<Void> result;

  WebFluxExchange(ServerWebExchange exchange) {
    this.exchange = exchange;
    request = exchange.getRequest();
    response = exchange.getResponse();
  }

  @Override
  public String path() {
    return request.getPath().value();
  }

  @Override
  public @Nullable String query() {
    return request.getURI().getRawQuery();
  }

  @Override
  public @Nullable String header(String name) {
    return request.getHeaders().getFirst(name);
  }

  @Override
  public void respond(String header, String value) {
    response.getHeaders().set(header, value);
  }

  @Override
  public String remoteAddress() {
    InetSocketAddress client = request.getRemoteAddress();
    return client == null || client.getAddress() == null
        ? ""
        : client.getAddress().getHostAddress();
  }

  @Override
  public int remotePort() {
    InetSocketAddress client = request.getRemoteAddress();
    return client == null ? -1 : client.getPort();
  }

  @Override
  public int localPort() {
    InetSocketAddress own = request.getLocalAddress();
    return own == null ? -1 : own.getPort();
  }

  @Override
  public int status() {
    return 500;
  }

  @Override
  public boolean isPending() {
    return false;
  }

  @Override
  public boolean isAnswered() {
    return response.isCommitted();
  }

  @Override
  public boolean answer(int status, byte[] body) {
    if (response.isCommitted()) {
      return false;
    }
    response.setRawStatusCode(status);
    response.getHeaders().clearContentHeaders();
    response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
    response.getHeaders().setContentLength(body.length);
    DataBuffer buffer = response.bufferFactory().wrap(body);
    result = response.writeWith(Mono.just(buffer));
    return true;
  }

  /** A stream that has begun fails below, at its server, which ends it. */
  @Override
  public boolean event(byte[] event) {
    return false;
  }

  @Override
  public Object result() {
    return result == null ? Mono.empty() : result;
  }

  @Override
  public Object key() {
    return exchange;
  }
}
