package io.belay.agent.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.HttpURLConnection;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** What has no other door than the JDK's own fields. The same names in Java 17 to 25. */
final class HttpUrlFields {
  private static final Field POSTER;
  private static final Field REQUESTS;
  private static final Field CLIENT;
  private static final Method STREAMING;
  private static final Field CHUNKS;
  private static final Field LENGTH;
  private static final Field LONG_LENGTH;
  private static final Constructor<?> NEW_POSTER;
  private static final Method SET;
  private static final Method DO_NOT_RETRY;
  private static final Method CLOSE_SERVER;
  private static final Field IN_CACHE;
  private static final Field SOCKET;
  private static final Field INPUT;
  private static final Class<?> CHUNKED;
  private static final Field RAW_COUNT;
  private static final Field RAW_POSITION;
  private static final Field CHUNK_COUNT;
  private static final Field CHUNK_POSITION;
  private static final Field BODY;
  private static final Method READ_TIMEOUT;

  static {
    try {
      Class<?> type = Class.forName("sun.net.www.protocol.http.HttpURLConnection");
      POSTER = field(type, "poster");
      REQUESTS = field(type, "requests");
      CLIENT = field(type, "http");
      STREAMING = type.getMethod("streaming");
      CHUNKS = field(HttpURLConnection.class, "chunkLength");
      LENGTH = field(HttpURLConnection.class, "fixedContentLength");
      LONG_LENGTH = field(HttpURLConnection.class, "fixedContentLengthLong");
      NEW_POSTER = Class.forName("sun.net.www.http.PosterOutputStream").getConstructor();
      SET = Class.forName("sun.net.www.MessageHeader").getMethod("set", String.class, String.class);
      Class<?> client = Class.forName("sun.net.www.http.HttpClient");
      DO_NOT_RETRY = client.getMethod("setDoNotRetry", boolean.class);
      CLOSE_SERVER = client.getMethod("closeServer");
      IN_CACHE = field(client, "inCache");
      SOCKET = field(Class.forName("sun.net.NetworkClient"), "serverSocket");
      INPUT = field(Class.forName("sun.net.NetworkClient"), "serverInput");
      CHUNKED = Class.forName("sun.net.www.http.ChunkedInputStream");
      RAW_COUNT = field(CHUNKED, "rawCount");
      RAW_POSITION = field(CHUNKED, "rawPos");
      CHUNK_COUNT = field(CHUNKED, "chunkCount");
      CHUNK_POSITION = field(CHUNKED, "chunkPos");
      BODY = field(type, "inputStream");
      READ_TIMEOUT = client.getMethod("setReadTimeout", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private HttpUrlFields() {}

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  /** Whether the body is sent as it is written. */
  static boolean streams(HttpURLConnection connection) {
    try {
      return (boolean) STREAMING.invoke(connection);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Has the body kept until the answer is asked for, unless the request has left already. */
  static void keep(HttpURLConnection connection) {
    try {
      CHUNKS.setInt(connection, -1);
      LENGTH.setInt(connection, -1);
      LONG_LENGTH.setLong(connection, -1);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The body that was written and is not sent yet, or {@code null}. */
  static @Nullable ByteArrayOutputStream written(HttpURLConnection connection) {
    try {
      return (ByteArrayOutputStream) POSTER.get(connection);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Puts another body in its place; the old one takes no more bytes once it was closed. */
  static void replaceWritten(HttpURLConnection connection, byte[] body) {
    try {
      ByteArrayOutputStream poster = (ByteArrayOutputStream) NEW_POSTER.newInstance();
      poster.write(body, 0, body.length);
      POSTER.set(connection, poster);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  static void setHeader(HttpURLConnection connection, String name, String value) {
    try {
      SET.invoke(REQUESTS.get(connection), name, value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The answer's body as the JDK has it; {@code null} before the answer. */
  static @Nullable InputStream body(HttpURLConnection connection) {
    try {
      return (InputStream) BODY.get(connection);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What comes over its connection, as long as that is its own. */
  static @Nullable InputStream socket(HttpURLConnection connection) {
    try {
      Object client = CLIENT.get(connection);
      boolean own = client != null && !IN_CACHE.getBoolean(client);
      return own && SOCKET.get(client) instanceof Socket open ? open.getInputStream() : null;
    } catch (IOException | ReflectiveOperationException closed) {
      return null;
    }
  }

  /** Bytes that were taken from it, whole chunks at a time, and of which some are not read yet. */
  static long held(HttpURLConnection connection) {
    try {
      Object client = CLIENT.get(connection);
      Object input = client == null || IN_CACHE.getBoolean(client) ? null : INPUT.get(client);
      return CHUNKED.isInstance(input)
          ? Math.max(0, RAW_COUNT.getInt(input) - RAW_POSITION.getInt(input))
              + Math.max(0, CHUNK_COUNT.getInt(input) - CHUNK_POSITION.getInt(input))
          : 0;
    } catch (ReflectiveOperationException e) {
      return 0;
    }
  }

  /**
   * Has the connection wait no longer than a millisecond for a byte. Whoever is given it next has
   * his own patience put in place of this.
   *
   * @return whether it is still this connection's own
   */
  static boolean hasten(HttpURLConnection connection) {
    try {
      Object client = CLIENT.get(connection);
      if (client == null || IN_CACHE.getBoolean(client)) {
        return false;
      }
      READ_TIMEOUT.invoke(client, 1);
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /**
   * Closes the socket. {@code disconnect()} will not do: it closes the answer's stream first, whose
   * lock the reader holds while it waits for bytes.
   */
  static void closeSocket(HttpURLConnection connection) {
    try {
      Object client = CLIENT.get(connection);
      if (client != null && !IN_CACHE.getBoolean(client)) {
        DO_NOT_RETRY.invoke(client, true);
        CLOSE_SERVER.invoke(client);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
