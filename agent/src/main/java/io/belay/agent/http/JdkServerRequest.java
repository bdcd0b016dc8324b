package io.belay.agent.http;

import com.sun.net.httpserver.HttpExchange;
import io.belay.boot.Inbound;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** One exchange of the JDK's server. It is answered from any thread, and over when it is closed. */
final class JdkServerRequest extends Inbound {
  private final HttpExchange exchange;
  private final Object implementation;

  JdkServerRequest(HttpExchange exchange, Object implementation) {
    this.exchange = exchange;
    this.implementation = implementation;
  }

  @Override
  public String path() {
    String path = exchange.getRequestURI().getRawPath();
    return path == null ? "" : path;
  }

  @Override
  public @Nullable String query() {
    return exchange.getRequestURI().getRawQuery();
  }

  @Override
  public @Nullable String header(String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  @Override
  public void respond(String header, String value) {
    exchange.getResponseHeaders().set(header, value);
  }

  @Override
  public String remoteAddress() {
    return exchange.getRemoteAddress().getAddress().getHostAddress();
  }

  @Override
  public int remotePort() {
    return exchange.getRemoteAddress().getPort();
  }

  @Override
  public int localPort() {
    return exchange.getLocalAddress().getPort();
  }

  @Override
  public int status() {
    return exchange.getResponseCode();
  }

  @Override
  public boolean isPending() {
    return !isAnswered();
  }

  @Override
  public boolean isAnswered() {
    return JdkServerFields.isAnswered(implementation);
  }

  @Override
  public boolean answer(int status, byte[] body) {
    if (exchange.getResponseCode() != -1) {
      return false;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    try {
      exchange.sendResponseHeaders(status, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    } catch (IOException clientHasLeft) {
      exchange.close();
    }
    // An application that was about to answer for itself goes on to write its body.
    exchange.setStreams(null, OutputStream.nullOutputStream());
    return true;
  }

  @Override
  public boolean event(byte[] event) {
    if (exchange.getResponseCode() == -1
        || isAnswered()
        || !isEventStream(exchange.getResponseHeaders().getFirst("Content-Type"))) {
      return false;
    }
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(event);
    } catch (IOException clientHasLeft) {
      exchange.close();
    }
    return true;
  }

  @Override
  public boolean isBlank() {
    return exchange.getResponseCode() == -1;
  }

  @Override
  public Object key() {
    return implementation;
  }
}
