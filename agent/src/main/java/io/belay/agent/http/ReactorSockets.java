package io.belay.agent.http;

import io.belay.boot.Inbound;
import io.belay.boot.InboundSocket;
import io.belay.boot.ServerAdapter;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.websocket.WebsocketOutbound;

/** WebSockets of Reactor Netty 1.0 to 1.3, as a server. */
public final class ReactorSockets extends ServerAdapter {
  @Override
  public @Nullable Inbound request(Object self, Object[] args) {
    return null;
  }

  /** Of a message that comes in, or of the end of what is sent. */
  @Override
  public @Nullable Object key(Object self, Object[] args) {
    boolean control =
        args.length == 2
            && (!(args[1] instanceof WebSocketFrame)
                || args[1] instanceof CloseWebSocketFrame
                || args[1] instanceof PingWebSocketFrame
                || args[1] instanceof PongWebSocketFrame);
    return control ? null : ((ChannelOperations<?, ?>) self).channel();
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
    protected void close(int code, String reason) {
      if (ChannelOperations.get(channel) instanceof WebsocketOutbound out) {
        out.sendClose(code, reason).subscribe();
      }
    }
  }
}
