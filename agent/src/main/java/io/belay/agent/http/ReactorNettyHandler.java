package io.belay.agent.http;

import io.belay.boot.Tap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, on its channel: holds a request back until it was asked about, and shows the answer
 * as it passes. Asks for nothing itself, so the sender feels the application's own pace. Leaves the
 * pipeline before the answer's end does, since the connection is the next request's then.
 */
final class ReactorNettyHandler extends ChannelDuplexHandler {
  private static final byte[] NOTHING = new byte[0];

  private final ReactorNettyExchange exchange;
  private final Tap tap;
  private final NettyRequest request = new NettyRequest();
  private volatile @Nullable ChannelHandlerContext context;
  private @Nullable HttpResponse head; // Of the event loop, as all below.
  private boolean answered;
  private boolean upgraded; // What follows is no answer's body; a stop closes it all the same.
  private boolean continues; // What comes is "100 Continue", which has an end of its own.
  private boolean continued; // One has come.
  private boolean early; // The application got the head before the answer's came.
  private boolean over;
  private boolean swallowed;
  private boolean measured;
  private long unread; // Bytes that had come when it was closed.

  ReactorNettyHandler(ReactorNettyExchange exchange, Tap tap) {
    this.exchange = exchange;
    this.tap = tap;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (over || request.hasLeft()) {
      var unused = ctx.write(message, promise);
      return;
    }
    if (request.holds(message)) {
      promise.trySuccess(); // Whoever sends goes on only when what was sent before is out.
      return;
    }
    byte @Nullable [] replacement;
    try {
      replacement =
          request.hasHead() ? exchange.leaving(tap, request.head(), request.body()) : null;
    } catch (RuntimeException why) {
      over = true;
      request.drop();
      promise.trySuccess(); // An error here would come second.
      exchange.refuse(why);
      return;
    }
    request.leave(ctx, replacement, promise);
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    if (over || !request.isHeld()) {
      ctx.flush();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    @Nullable Object shown = message;
    boolean ends = !isOfContinue(message) && message instanceof LastHttpContent && !upgraded;
    if (ends) {
      ctx.pipeline().remove(this);
    }
    if (message instanceof HttpResponse response && !over && !answered) {
      head = response;
      upgraded = response.status().code() == 101;
      if (response.status().code() / 100 == 1 && !upgraded) {
        head = null; // The answer is yet to come.
      } else if (early) {
        answered();
      }
    } else if (answered && !over && !upgraded) {
      shown = shown(message, ends);
    }
    if (shown == null) {
      swallowed = true;
      return;
    }
    if (ends && answered) {
      end(null);
    }
    Object resumed = tap.resume();
    try {
      ctx.fireChannelRead(shown);
    } finally {
      tap.pause(resumed);
    }
    if (head != null && !answered && !upgraded) {
      over = true; // The client follows a redirect, or tries again: that is another attempt.
    }
  }

  /**
   * Whether it belongs to a "100 Continue", after which the client waits for the answer. Other
   * interim answers it takes for the answer itself.
   */
  private boolean isOfContinue(Object message) {
    if (message instanceof HttpResponse response) {
      continues = response.status().code() == 100;
      continued |= continues;
    }
    boolean is = continues;
    continues &= !(message instanceof LastHttpContent);
    return is;
  }

  /** The application gets the head now. */
  void answered() {
    HttpResponse response = head;
    if (response == null && continued && !over) {
      early = true; // Old versions take "100 Continue" for the head, and read on.
      return;
    }
    if (response == null || over) {
      tap.done(null);
      return;
    }
    answered = true;
    ReactorNettyExchange.tell(tap, response);
    if (tap.filters()) {
      response.headers().remove("Content-Length");
    }
    if (response instanceof LastHttpContent whole && !upgraded) {
      show(whole.content());
      end(null);
    }
  }

  /** What the application is to see of it; {@code null} for nothing yet. */
  private @Nullable Object shown(Object message, boolean ends) {
    ByteBuf bytes =
        message instanceof ByteBufHolder holder
            ? holder.content()
            : message instanceof ByteBuf buffer ? buffer : Unpooled.EMPTY_BUFFER;
    if (!tap.filters() || !(message instanceof HttpContent content)) {
      show(bytes);
      return message;
    }
    byte[] came = ByteBufUtil.getBytes(bytes);
    byte[] left = tap.filter(came, 0, came.length);
    byte[] held = ends ? tap.filter(null, 0, 0) : NOTHING;
    if (left.length + held.length == 0 && !ends) {
      ReferenceCountUtil.release(message);
      return null;
    }
    HttpContent kept = content.replace(Unpooled.wrappedBuffer(left, held));
    ReferenceCountUtil.release(message);
    return kept;
  }

  private void show(ByteBuf bytes) {
    if (bytes.nioBufferCount() == 1) {
      tap.read(bytes.nioBuffer());
    } else if (bytes.isReadable()) {
      byte[] copy = ByteBufUtil.getBytes(bytes);
      tap.read(copy, 0, copy.length);
    }
  }

  /** What was taken out must be asked for again, where the application asks by itself. */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    boolean asks = swallowed && !ctx.channel().config().isAutoRead();
    swallowed = false;
    ctx.fireChannelReadComplete();
    if (asks && !over) {
      ctx.read();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    RuntimeException stopped = answered && !over ? tap.stopped() : null;
    if (answered && !over) {
      end(cause);
    }
    ctx.fireExceptionCaught(stopped == null ? cause : stopped);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (answered && !over) {
      over = true;
      tellUnread();
      tap.closedEarly();
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    request.drop();
  }

  /**
   * The application leaves: what the decoders hold still passes here, and the rest does not. That
   * is counted before the connection is closed: whoever left may make the next call at once.
   */
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    measure(ctx);
    if (answered && !over && !upgraded) {
      tellUnread();
      tap.left();
    }
    var unused = ctx.close(promise);
  }

  /** The same by whoever asks, on any thread. */
  void giveUp() {
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      tap.unread(NettyBacklog.of(ctx.channel(), tap), false);
    }
  }

  private void measure(ChannelHandlerContext ctx) {
    if (answered && !over && !upgraded && tap.counts()) {
      long bytes = NettyBacklog.of(ctx.channel(), tap);
      unread = measured ? Math.max(unread, bytes) : bytes;
      measured = true;
    }
  }

  private void tellUnread() {
    if (measured) {
      tap.unread(unread, false);
    }
  }

  private void end(@Nullable Throwable failure) {
    over = true;
    tap.done(failure);
  }

  /** Its run was stopped while the application reads. */
  void abort(RuntimeException why) {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      return;
    }
    ctx.executor()
        .execute(
            () -> {
              if (over || !ctx.channel().isActive()) {
                return; // It has ended, or its reader has left before it was told.
              }
              measure(ctx);
              tellUnread();
              end(why);
              Object resumed = tap.resume();
              try {
                ctx.fireExceptionCaught(why);
              } finally {
                tap.pause(resumed);
                var unused = ctx.close();
              }
            });
  }
}
