package io.belay.agent.http;

import io.belay.boot.Tap;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.channels.SelectableChannel;
import java.util.Deque;
import org.eclipse.jetty.client.transport.HttpChannel;
import org.eclipse.jetty.client.transport.HttpReceiver;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;

/**
 * What Jetty's client has of a body: as chunks, in the buffers of its connection, encrypted and
 * not, and in the socket. Of HTTP/2 each stream has a queue of its own, and its socket is others'
 * as well.
 */
final class JettyClientBacklog extends BodyBacklog {
  private static final String STREAM = "org.eclipse.jetty.http2.api.Stream";

  private static final Ways WAYS =
      new Ways() {
        @Override
        boolean leadOn(Class<?> owner, Field field) {
          return owner.getName().startsWith("org.eclipse.jetty.")
              && !field.getName().endsWith("Output") // What leaves lies in buffers, too.
              && leadsOn(field.getType());
        }
      };

  private final Tap tap;

  JettyClientBacklog(Tap tap) {
    super(WAYS);
    this.tap = tap;
  }

  @Override
  boolean passes(Object at) throws ReflectiveOperationException {
    String name = at.getClass().getSimpleName();
    if (at instanceof Content.Chunk chunk) {
      came(remaining(chunk));
    } else if (at instanceof RetainableByteBuffer buffer) {
      came(buffer.remaining());
    } else if (at instanceof SelectableChannel channel) {
      ends(tap.waiting(channel));
    } else if (at instanceof Deque<?> frames) {
      for (Object data : frames.toArray()) {
        came(data == null ? 0 : length(data));
      }
      ends(0);
    } else {
      if (at instanceof Content.Source && name.contains("Decod")) {
        isPacked();
      }
      return true;
    }
    return false;
  }

  private static int remaining(Content.Chunk chunk) {
    try {
      return chunk.remaining();
    } catch (UnsupportedOperationException taken) {
      return 0; // It only says that there was one.
    }
  }

  private static int length(Object data) throws ReflectiveOperationException {
    Class<?> type = data.getClass();
    while (!type.getName().equals(STREAM + "$Data")) {
      type = type.getSuperclass();
    }
    Object frame = type.getMethod("frame").invoke(data);
    Method remaining = frame.getClass().getMethod("remaining");
    return (int) remaining.invoke(frame);
  }

  private static boolean leadsOn(Class<?> type) {
    return Content.Source.class.isAssignableFrom(type)
        || Content.Chunk.class.isAssignableFrom(type)
        || RetainableByteBuffer.class.isAssignableFrom(type)
        || HttpReceiver.class.isAssignableFrom(type)
        || HttpChannel.class.isAssignableFrom(type)
        || EndPoint.class.isAssignableFrom(type)
        || Connection.class.isAssignableFrom(type)
        || SelectableChannel.class.isAssignableFrom(type)
        || type == Deque.class
        || type.getName().equals(STREAM)
        || type.getSimpleName().equals("ContentSourceDemultiplexer");
  }
}
