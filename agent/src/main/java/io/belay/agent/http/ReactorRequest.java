package io.belay.agent.http;

import io.belay.boot.Inbound;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * One request of Reactor Netty. It is pending until its answer has been written, which the server
 * says by itself; answers may be given on any thread, and are written on the connection's.
 */
final class ReactorRequest extends Inbound {
  /** Ends an answer whose headers are sent; not public. */
  private static final @Nullable Method COMPLETE = onOutboundComplete();

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Channel channel;

  ReactorRequest(Object operations) {
    request = (HttpServerRequest) operations;
    response = (HttpServerResponse) operations;
    channel = ((ChannelOperations<?, ?>) operations).channel();
  }

  @Override
  public String path() {
    String uri = request.uri();
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  @Override
  public @Nullable String query() {
    String uri = request.uri();
    int query = uri.indexOf('?');
    return query < 0 ? null : uri.substring(query + 1);
  }

  @Override
  public @Nullable String header(String name) {
    return request.requestHeaders().get(name);
  }

  @Override
  public void respond(String header, String value) {
    response.responseHeaders().set(header, value);
  }

  @Override
  public String remoteAddress() {
    return channel.remoteAddress() instanceof InetSocketAddress client
            && client.getAddress() != null
        ? client.getAddress().getHostAddress()
        : "";
  }

  @Override
  public int remotePort() {
    return channel.remoteAddress() instanceof InetSocketAddress client ? client.getPort() : -1;
  }

  @Override
  public int localPort() {
    return channel.localAddress() instanceof InetSocketAddress own ? own.getPort() : -1;
  }

  @Override
  public int status() {
    return response.status().code();
  }

  @Override
  public boolean isPending() {
    return true;
  }

  @Override
  public boolean isAnswered() {
    return false;
  }

  @Override
  public boolean answer(int status, byte[] body) {
    if (response.hasSentHeaders() || !channel.isActive()) {
      return false;
    }
    response.status(status);
    response
        .responseHeaders()
        .remove(HttpHeaderNames.CONTENT_ENCODING)
        .remove(HttpHeaderNames.TRANSFER_ENCODING)
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
        .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
    response
        .send(Mono.just(Unpooled.wrappedBuffer(body)))
        .then()
        .subscribe(nothing -> {}, clientHasLeft -> complete(), this::complete);
    return true;
  }

  /** To complete the answer also cancels what the application may still be writing. */
  @Override
  public boolean event(byte[] event) {
    if (!response.hasSentHeaders()
        || !channel.isActive()
        || !isEventStream(response.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE))) {
      return false;
    }
    channel
        .writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(event)))
        .addListener(written -> complete());
    return true;
  }

  private void complete() {
    try {
      if (COMPLETE != null) {
        COMPLETE.invoke(response);
      }
    } catch (ReflectiveOperationException | RuntimeException closed) {
      var unused = channel.close();
    }
  }

  private static @Nullable Method onOutboundComplete() {
    try {
      Method method = ChannelOperations.class.getDeclaredMethod("onOutboundComplete");
      method.setAccessible(true);
      return method;
    } catch (ReflectiveOperationException | RuntimeException closed) {
      return null;
    }
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
    return request;
  }
}
