package io.belay.agent.http;

import io.belay.boot.Inbound;
import io.belay.boot.InboundSocket;
import io.belay.boot.ServerAdapter;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.websocket.WebsocketOutbound;

/** WebSockets of Reactor Netty 1.0 to 1.3, as a server. */
public final class ReactorSockets extends ServerAdapter {
  /** That the client has said farewell first. */
  private static final AttributeKey<Boolean> LEFT = AttributeKey.valueOf("io.belay.left");

  @Override
  public @Nullable Inbound request(Object self, Object[] args) {
    return null;
  }

  /** Of a message that comes in. A farewell is none, and is noted. */
  @Override
  public @Nullable Object key(Object self, Object[] args) {
    Channel channel = ((ChannelOperations<?, ?>) self).channel();
    if (args[1] instanceof CloseWebSocketFrame && !hasSaidFarewell(self)) {
      channel.attr(LEFT).set(true);
    }
    boolean message =
        args[1] instanceof TextWebSocketFrame
            || args[1] instanceof BinaryWebSocketFrame
            || args[1] instanceof ContinuationWebSocketFrame;
    return message ? channel : null;
  }

  /** Whether this side has; of operations whose class is not public. */
  private static boolean hasSaidFarewell(Object operations) {
    for (Class<?> type = operations.getClass(); type != null; type = type.getSuperclass()) {
      try {
        Field sent = type.getDeclaredField("closeSent");
        sent.setAccessible(true);
        return sent.getInt(operations) != 0;
      } catch (NoSuchFieldException above) {
        // Perhaps its superclass has it.
      } catch (IllegalAccessException | RuntimeException closed) {
        return false;
      }
    }
    return false;
  }

  /** The connection's operations are about to be replaced by those of a WebSocket. */
  @Override
  public InboundSocket socket(Object self, Object[] args, Inbound handshake) {
    return new Socket(handshake, ((ChannelOperations<?, ?>) self).channel());
  }

  @Override
  public void dropped(Object self, Object[] args) {
    ReferenceCountUtil.release(args[1]);
  }

  private static final class Socket extends InboundSocket {
    private final Channel channel;

    Socket(Inbound handshake, Channel channel) {
      super(handshake, channel);
      this.channel = channel;
    }

    @Override
    public void whenOver(Runnable told) {
      channel.closeFuture().addListener(closed -> told.run());
    }

    @Override
    public boolean closedHere() {
      Object operations = ChannelOperations.get(channel);
      return channel.attr(LEFT).get() == null && operations != null && hasSaidFarewell(operations);
    }

    @Override
    protected void close(int code, String reason) {
      if (ChannelOperations.get(channel) instanceof WebsocketOutbound out) {
        out.sendClose(code, reason).subscribe();
      }
    }
  }
}
