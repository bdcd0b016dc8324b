package io.belay.agent.http;

import io.belay.boot.Tap;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of a body a channel of Netty's has, and nobody has asked for. Netty reads no
 * further than it is asked, so they are in the socket; of HTTP/2 each stream is a channel of its
 * own, and keeps what has come for it in a queue. Reads sizes and no bytes.
 */
final class NettyBacklog {
  private static final ClassValue<NettyBacklog> KNOWN =
      new ClassValue<>() {
        @Override
        protected NettyBacklog computeValue(Class<?> type) {
          return new NettyBacklog(type);
        }
      };

  private final @Nullable Field queue;
  private final @Nullable Method socket;
  private final @Nullable Method number;

  private NettyBacklog(Class<?> channel) {
    this.queue = find(channel, type -> type.getDeclaredField("inboundBuffer"));
    Method descriptor = find(channel, type -> type.getDeclaredMethod("fd"));
    Method java = find(channel, type -> type.getDeclaredMethod("javaChannel"));
    this.socket = descriptor == null ? java : descriptor;
    this.number =
        descriptor == null
            ? null
            : find(descriptor.getReturnType(), type -> type.getDeclaredMethod("intValue"));
  }

  /** The bytes behind {@code channel}; less than none where nobody can tell. */
  static long of(Channel channel, Tap tap) {
    try {
      return KNOWN.get(channel.getClass()).bytes(channel, tap);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError other) {
      return -1;
    }
  }

  private long bytes(Channel channel, Tap tap) throws ReflectiveOperationException {
    if (queue != null) {
      long bytes = 0;
      if (queue.get(channel) instanceof Collection<?> frames) {
        for (Object frame : frames) {
          bytes += frame instanceof ByteBufHolder data ? data.content().readableBytes() : 0;
        }
      }
      return bytes;
    }
    if (socket == null) {
      return -1;
    }
    Object from = socket.invoke(channel);
    Object asked = from == null || number == null ? from : number.invoke(from);
    return asked == null ? 0 : tap.waiting(asked);
  }

  private interface Member<T> {
    T of(Class<?> type) throws NoSuchFieldException, NoSuchMethodException;
  }

  /** What {@code type} or a class above it has; Netty's own transports differ, and its streams. */
  private static <T extends AccessibleObject> @Nullable T find(Class<?> type, Member<T> member) {
    for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
      try {
        T found = member.of(at);
        found.setAccessible(true);
        return found;
      } catch (NoSuchFieldException | NoSuchMethodException above) {
        // Perhaps the class above has it.
      }
    }
    return null;
  }
}
