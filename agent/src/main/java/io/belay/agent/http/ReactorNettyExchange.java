package io.belay.agent.http;

import io.belay.boot.Exchange;
import io.belay.boot.Skip;
import io.belay.boot.Tap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.http.client.HttpClientRequest;

/**
 * One subscription to a request of Reactor Netty. Until the answer's head is there it is ended
 * through its subscription; afterwards through the channel, so that whoever reads the body sees an
 * error and not its end.
 */
final class ReactorNettyExchange extends Exchange {
  private final String method;
  private final CoreSubscriber<? super Connection> given;
  private final ReactorNettyWatch watch;
  private volatile String url;
  private volatile HttpHeaders headers;
  private volatile boolean unpacks;
  private volatile @Nullable ReactorNettyHandler attempt;
  private volatile @Nullable Connection answer;
  private @Nullable ByteBuf content; // Of the attempt's event loop, as all below.
  private byte @Nullable [] body;
  private byte @Nullable [] replaced;
  private @Nullable Map<String, String> added;

  ReactorNettyExchange(HttpClientConfig config, CoreSubscriber<? super Connection> given) {
    String base = config.baseUrl();
    String uri = config.uri();
    this.method = config.method().name();
    this.url = base != null && (uri == null || uri.startsWith("/")) ? joined(base, uri) : "" + uri;
    this.headers = config.headers();
    this.given = given;
    this.watch = new ReactorNettyWatch(this, given);
  }

  private static String joined(String base, @Nullable String path) {
    String left = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return left + (path == null ? "/" : path);
  }

  ReactorNettyWatch watch() {
    return watch;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public @Nullable String header(String name) {
    // What the client asks for and unpacks itself is plain where the answer is shown.
    return unpacks && name.equalsIgnoreCase("Accept-Encoding") ? null : headers.get(name);
  }

  @Override
  public boolean leavesLater() {
    return true;
  }

  @Override
  public byte @Nullable [] body() {
    ByteBuf readable = content;
    if (body == null && readable != null) {
      body = ByteBufUtil.getBytes(readable);
    }
    return body;
  }

  @Override
  public boolean replaceBody(byte[] replacement) {
    if (body == null || isSigned()) {
      return false;
    }
    replaced = replacement;
    return true;
  }

  @Override
  public boolean setHeader(String name, String value) {
    added = added == null ? new TreeMap<>() : added;
    added.put(name, value);
    return true;
  }

  @Override
  public boolean async() {
    return true;
  }

  @Override
  public Object handle() {
    return this;
  }

  @Override
  public Skip refused(RuntimeException why) {
    Operators.error(given, why);
    return new Skip(null);
  }

  /** There is a connection for it, perhaps not the first. */
  void attempt(HttpClientRequest request, Channel channel) {
    Tap tap = tap();
    if (tap == null) {
      return;
    }
    String resource = request.resourceUrl();
    url = resource == null ? url : resource;
    ReactorNettyHandler handler = new ReactorNettyHandler(this, tap);
    attempt = handler;
    unpacks = channel.pipeline().get(NettyPipeline.HttpDecompressor) != null;
    channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, null, handler);
  }

  /** What is about to leave; the body is there to be read until this returns. */
  byte @Nullable [] leaving(Tap tap, HttpRequest head, @Nullable ByteBuf bytes) {
    headers = head.headers();
    content = bytes;
    try {
      tap.leaving();
    } finally {
      content = null;
    }
    if (added != null) {
      added.forEach(head.headers()::set);
    }
    return replaced;
  }

  /** It must not leave after all. */
  void refuse(RuntimeException why) {
    watch.fail(why);
  }

  /** The application is about to get the head of the answer. */
  void answered(Tap tap, Connection connection) {
    ReactorNettyHandler handler = attempt;
    answer = connection;
    if (handler != null) {
      handler.answered();
    } else {
      tap.done(null); // Nothing more of it will be seen.
    }
  }

  static void tell(Tap tap, HttpResponse head) {
    for (Map.Entry<String, String> header : head.headers()) {
      tap.header(header.getKey(), header.getValue());
    }
    tap.answered(
        head.status().code(),
        head.headers().get("Content-Type"),
        head.headers().get("Content-Encoding"));
  }

  /** The publisher of what is sent, subscribed to for the run. */
  Publisher<?> resuming(Publisher<?> body) {
    return subscriber -> {
      Tap tap = tap();
      Object resumed = tap == null ? null : tap.resume();
      try {
        body.subscribe(subscriber);
      } finally {
        if (tap != null && resumed != null) {
          tap.pause(resumed);
        }
      }
    };
  }

  /** Who cancels elsewhere than on the event loop has that close the connection in its turn. */
  @Override
  public boolean isLeft() {
    return answer instanceof ChannelOperations<?, ?> reading && reading.isInboundCancelled();
  }

  /** Who is told of the body is told of an abort, too. */
  @Override
  public boolean giveUp(boolean stopped) {
    ReactorNettyHandler handler = attempt;
    Tap tap = tap();
    if (handler != null && tap != null && tap.counts() && !tap.isOver()) {
      handler.giveUp();
    }
    return false;
  }

  @Override
  public void abort() {
    Tap tap = tap();
    RuntimeException stopped = tap == null ? null : tap.stopped();
    RuntimeException why = stopped == null ? new CancellationException("stopped") : stopped;
    ReactorNettyHandler handler = attempt;
    if (!watch.fail(why) && handler != null) {
      handler.abort(why);
    }
  }
}
