package io.belay.agent.http;

import io.belay.boot.Tap;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelHandlerContext;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.reactivestreams.Publisher;

/**
 * How many bytes of a body the AWS SDK has over Netty, and nobody has asked for: in the queue of
 * what publishes them, and in their channel. The way there leads through private fields, which are
 * found by their types. Over another client there is no such way, and perhaps no Netty.
 */
final class AwsBacklog {
  private static final int MOST_STEPS = 32;

  private static final ClassValue<Field[]> FIELDS =
      new ClassValue<>() {
        @Override
        protected Field[] computeValue(Class<?> type) {
          return fields(type);
        }
      };

  private AwsBacklog() {}

  /** The bytes behind {@code body}, as far as the way there is known. */
  static long of(Publisher<?> body, Tap tap) {
    try {
      return walk(body, tap);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError unknown) {
      return 0; // It is counted as far as it was read.
    }
  }

  private static long walk(Publisher<?> body, Tap tap) throws ReflectiveOperationException {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> next = new ArrayDeque<>();
    next.add(body);
    long bytes = 0;
    for (int i = 0; i < MOST_STEPS && !next.isEmpty(); i++) {
      Object at = next.remove();
      Object found = at instanceof ChannelHandlerContext context ? context.channel() : at;
      if (!seen.add(found)) {
        continue;
      }
      if (at instanceof ChannelHandlerContext context) {
        bytes += NettyBacklog.of(context.channel(), tap);
      } else if (at instanceof Queue<?> queue) {
        bytes += held(queue);
      } else {
        for (Field field : FIELDS.get(at.getClass())) {
          Object value = field.get(at);
          if (value != null) {
            next.add(value);
          }
        }
      }
    }
    return bytes;
  }

  private static long held(Collection<?> parts) {
    long bytes = 0;
    for (Object part : parts) {
      bytes += part instanceof ByteBufHolder data ? data.content().readableBytes() : 0;
    }
    return bytes;
  }

  private static Field[] fields(Class<?> type) {
    List<Field> kept = new ArrayList<>();
    for (Class<?> at = type; at != null && isOfTheSdk(at); at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && leadsOn(field.getType())) {
          field.setAccessible(true);
          kept.add(field);
        }
      }
    }
    return kept.toArray(new Field[0]);
  }

  private static boolean isOfTheSdk(Class<?> type) {
    return type.getName().startsWith("software.amazon.awssdk.");
  }

  private static boolean leadsOn(Class<?> type) {
    return Publisher.class.isAssignableFrom(type)
        || type == ChannelHandlerContext.class
        || type == Queue.class
        || type.getSimpleName().equals("StreamedHttpResponse");
  }
}
