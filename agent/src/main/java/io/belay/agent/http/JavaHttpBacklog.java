package io.belay.agent.http;

import io.belay.boot.Tap;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of a body the JDK's client has, and nobody has asked for: in its queues and, over
 * HTTP/1.1, in the connection's socket. One of HTTP/2 has its frames in a queue of its own. Reads
 * sizes and no bytes, so it may be asked while another thread reads. The same names in Java 17 to
 * 25.
 */
final class JavaHttpBacklog {
  private static final String PACKAGE = "jdk.internal.net.http.";

  private static final Field CUT_OFF;
  private static final Field EXCHANGE;
  private static final Field ATTEMPT;
  private static final Class<?> HTTP1;
  private static final Field SENT;
  private static final Field CONNECTION;
  private static final Field RECEIVER;
  private static final Field RECEIVED;
  private static final Method CHANNEL;
  private static final Class<?> STREAM;
  private static final Field FRAMES;
  private static final Class<?> DATA;
  private static final Method DATA_LENGTH;
  private static final Class<?> ENCRYPTED;
  private static final Field TUBE;
  private static final Field OPENING;
  private static final Field OPENER;
  private static final Field OPENED;
  private static final Field UNOPENED;

  static {
    try {
      CUT_OFF = field("MultiExchange", "cancelled");
      EXCHANGE = field("MultiExchange", "exchange");
      ATTEMPT = field("Exchange", "exchImpl");
      HTTP1 = type("Http1Exchange");
      SENT = field("Http1Exchange", "bodySentCF");
      CONNECTION = field("Http1Exchange", "connection");
      RECEIVER = field("Http1Exchange", "asyncReceiver");
      RECEIVED = field("Http1AsyncReceiver", "queue");
      CHANNEL = open(type("HttpConnection").getDeclaredMethod("channel"));
      STREAM = type("Stream");
      FRAMES = field("Stream", "inputQ");
      DATA = type("frame.DataFrame");
      DATA_LENGTH = open(DATA.getMethod("getDataLength"));
      ENCRYPTED = type("AsyncSSLConnection");
      TUBE = field("AsyncSSLConnection", "flow");
      OPENING = field("common.SSLTube", "sslDelegate");
      OPENER = field("common.SSLFlowDelegate", "reader");
      OPENED = field("common.SubscriberWrapper", "outputQ");
      UNOPENED = field("common.SSLFlowDelegate$Reader", "readBuf");
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private JavaHttpBacklog() {}

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(PACKAGE + name);
  }

  private static Field field(String type, String name) throws ReflectiveOperationException {
    return open(type(type).getDeclaredField(name));
  }

  private static <T extends AccessibleObject> T open(T member) {
    member.setAccessible(true);
    return member;
  }

  /** Whether the client has cut off the call that {@code attempts} makes. */
  static boolean isCutOff(Object attempts) {
    try {
      return CUT_OFF.getBoolean(attempts);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The bytes of the call that {@code attempts} makes, its head too where nobody has read it; less
   * than none where nobody can tell.
   */
  static long of(Object attempts, Tap tap) {
    try {
      Object exchange = EXCHANGE.get(attempts);
      Object attempt = exchange == null ? null : ATTEMPT.get(exchange);
      if (HTTP1.isInstance(attempt)) {
        if (!((CompletableFuture<?>) SENT.get(attempt)).isDone()) {
          return 0; // What comes before is how a connection is opened.
        }
        Object connection = CONNECTION.get(attempt);
        long waiting = tap.waiting(CHANNEL.invoke(connection));
        return waiting < 0
            ? -1
            : bytes(RECEIVED.get(RECEIVER.get(attempt)))
                + (ENCRYPTED.isInstance(connection) ? encrypted(connection) : 0)
                + waiting;
      }
      if (attempt == null) {
        return 0; // It is between two attempts.
      }
      return STREAM.isInstance(attempt) ? frames((Collection<?>) FRAMES.get(attempt)) : -1;
    } catch (ReflectiveOperationException | RuntimeException other) {
      return -1;
    }
  }

  private static long encrypted(Object connection) throws IllegalAccessException {
    Object opener = OPENER.get(OPENING.get(TUBE.get(connection)));
    return bytes(OPENED.get(opener)) + bytes(UNOPENED.get(opener));
  }

  private static long frames(Collection<?> frames) throws ReflectiveOperationException {
    long bytes = 0;
    for (Object frame : frames) {
      bytes += DATA.isInstance(frame) ? (int) DATA_LENGTH.invoke(frame) : 0;
    }
    return bytes;
  }

  private static long bytes(@Nullable Object held) {
    if (held instanceof ByteBuffer buffer) {
      return buffer.remaining();
    }
    long bytes = 0;
    if (held instanceof Collection<?> several) {
      for (Object each : several) {
        bytes += bytes(each);
      }
    }
    return bytes;
  }
}
