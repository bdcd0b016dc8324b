package io.belay.agent.http;

import io.belay.boot.Tap;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelHandlerContext;
import java.lang.reflect.Field;
import java.util.Queue;
import org.reactivestreams.Publisher;

/**
 * What the AWS SDK has of a body over Netty: in the queue of what publishes it, and in its channel.
 * Over another client there is no such way, and perhaps no Netty.
 */
final class AwsBacklog extends BodyBacklog {
  private static final Ways WAYS =
      new Ways() {
        @Override
        boolean leadOn(Class<?> owner, Field field) {
          return owner.getName().startsWith("software.amazon.awssdk.") && leadsOn(field.getType());
        }
      };

  private final Tap tap;
  private boolean asked; // Several lead to the one channel.

  AwsBacklog(Tap tap) {
    super(WAYS);
    this.tap = tap;
  }

  @Override
  boolean passes(Object at) {
    if (at instanceof ChannelHandlerContext context) {
      if (!asked) {
        asked = true;
        ends(NettyBacklog.of(context.channel(), tap));
      }
    } else if (at instanceof Queue<?> queue) {
      for (Object part : queue) {
        came(part instanceof ByteBufHolder data ? data.content().readableBytes() : 0);
      }
    } else {
      return true;
    }
    return false;
  }

  private static boolean leadsOn(Class<?> type) {
    return Publisher.class.isAssignableFrom(type)
        || type == ChannelHandlerContext.class
        || type == Queue.class
        || type.getSimpleName().equals("StreamedHttpResponse");
  }
}
