package io.belay.agent.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way out of a Netty client, held back until it is whole, as far as it may be one
 * to a model: a large body, or one of another type, leaves as it comes. Of one event loop.
 */
final class NettyRequest {
  /** A larger body is no prompt. */
  private static final long LARGEST_READ = 64L << 20;

  private final List<Object> held = new ArrayList<>(2);
  private @Nullable HttpRequest head;
  private long size;
  private boolean whole;
  private boolean left;

  /** Whether it was let out, so that the rest passes. */
  boolean hasLeft() {
    return left;
  }

  boolean hasHead() {
    return head != null;
  }

  HttpRequest head() {
    return Objects.requireNonNull(head);
  }

  /** Whether something of it waits here. */
  boolean isHeld() {
    return !held.isEmpty();
  }

  /** Takes a message; answers whether it is to wait here for more. */
  boolean holds(Object message) {
    held.add(message);
    if (message instanceof HttpRequest request && head == null) {
      head = request;
      whole = message instanceof FullHttpRequest;
      return !whole && waits(request);
    }
    ByteBuf bytes = bytes(message);
    size += bytes == null ? 0 : bytes.readableBytes();
    whole = message instanceof LastHttpContent && size <= LARGEST_READ;
    return head != null && bytes != null && !whole && size <= LARGEST_READ;
  }

  private static boolean waits(HttpRequest request) {
    String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE);
    return request.method().name().equals("POST")
        && !request.headers().contains(HttpHeaderNames.EXPECT)
        && type != null
        && type.toLowerCase(Locale.ROOT).contains("json");
  }

  private static @Nullable ByteBuf bytes(Object message) {
    return message instanceof ByteBufHolder holder
        ? holder.content()
        : message instanceof ByteBuf buffer ? buffer : null;
  }

  /** Its body; {@code null} when it is not here as a whole. */
  @Nullable ByteBuf body() {
    if (!whole) {
      return null;
    }
    ByteBuf[] parts =
        held.stream().map(NettyRequest::bytes).filter(b -> b != null).toArray(ByteBuf[]::new);
    return Unpooled.wrappedUnmodifiableBuffer(parts);
  }

  /** Lets it out; with another body unless that is {@code null}. */
  void leave(ChannelHandlerContext ctx, byte @Nullable [] replacement, ChannelPromise promise) {
    left = head != null;
    List<Object> out = new ArrayList<>(held);
    held.clear();
    if (replacement != null) {
      out = replaced(out, replacement);
    }
    for (int i = 0; i < out.size() - 1; i++) {
      var unused = ctx.write(out.get(i));
    }
    var unused = ctx.write(out.get(out.size() - 1), promise);
  }

  private List<Object> replaced(List<Object> given, byte[] replacement) {
    HttpRequest asked = head();
    if (!HttpUtil.isTransferEncodingChunked(asked)) {
      HttpUtil.setContentLength(asked, replacement.length);
    }
    ByteBuf bytes = Unpooled.wrappedBuffer(replacement);
    if (asked instanceof FullHttpRequest full) {
      FullHttpRequest changed = full.replace(bytes);
      full.release();
      return List.of(changed);
    }
    given.subList(1, given.size()).forEach(ReferenceCountUtil::release);
    return List.of(asked, new DefaultLastHttpContent(bytes));
  }

  /** Forgets it. */
  void drop() {
    held.forEach(ReferenceCountUtil::release);
    held.clear();
  }
}
