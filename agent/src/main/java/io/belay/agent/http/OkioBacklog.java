package io.belay.agent.http;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import okio.Buffer;
import okio.GzipSource;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of a body have come and were not asked for: what lies in the buffers between the
 * body and its socket, and in the socket. A body knows its way there only in private fields, which
 * have had other names in each version, so it is found by their types. Reads sizes and no bytes, so
 * it may be asked while another thread reads.
 */
final class OkioBacklog {
  private static final String CONNECTION = "okhttp3.internal.connection.RealConnection";

  /** Where else than to another source the way leads on. */
  private static final List<String> ON_THE_WAY =
      List.of(
          CONNECTION,
          "okhttp3.internal.connection.StreamAllocation",
          "okhttp3.internal.connection.BufferedSocket",
          "okhttp3.internal.http.ExchangeCodec$Carrier",
          "okhttp3.internal.http1.Http1Codec",
          "okhttp3.internal.http1.Http1ExchangeCodec");

  private static final int MOST_STEPS = 64;

  /** How much larger an event may become once it is unpacked; streams pack each by itself. */
  private static final int PACKED = 8;

  private static final ClassValue<Field[]> FIELDS =
      new ClassValue<>() {
        @Override
        protected Field[] computeValue(Class<?> type) {
          return fields(type);
        }
      };

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> next = new ArrayDeque<>();
  private @Nullable InputStream end;
  private @Nullable Socket socket;
  private long buffered;
  private int packed = 1;

  private OkioBacklog() {}

  /** The bytes behind {@code body}, as far as the way there is known. */
  static long of(Source body) {
    OkioBacklog found = new OkioBacklog();
    try {
      found.walk(body);
      return found.packed * (found.buffered + found.waiting());
    } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError unknown) {
      return found.packed * found.buffered;
    }
  }

  private void walk(Source from) throws IllegalAccessException {
    next.add(from);
    for (int i = 0; i < MOST_STEPS && !next.isEmpty(); i++) {
      Object at = next.remove();
      if (!seen.add(at)) {
        continue;
      }
      if (at instanceof GzipSource) {
        packed = PACKED;
      }
      if (at instanceof Buffer buffer) {
        buffered += buffer.size();
      } else if (at instanceof InputStream stream) {
        end = stream;
      } else if (at instanceof Socket raw) {
        socket = raw;
      } else {
        for (Field field : FIELDS.get(at.getClass())) {
          Object value = field.get(at);
          if (value != null) {
            next.add(value);
          }
        }
      }
    }
  }

  /** Of an encrypted connection both what is opened already and what is still in its socket. */
  private long waiting() throws IOException {
    InputStream stream = end;
    Socket raw = socket;
    boolean opened = stream != null && stream.getClass().getName().startsWith("sun.security.ssl.");
    long first = stream != null && (opened || raw == null) ? stream.available() : 0;
    return first + (raw == null ? 0 : raw.getInputStream().available());
  }

  private static Field[] fields(Class<?> type) {
    List<Field> kept = new ArrayList<>();
    for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && leadsOn(at.getName(), field)) {
          field.setAccessible(true);
          kept.add(field);
        }
      }
    }
    return kept.toArray(new Field[0]);
  }

  /** Not each that could: a connection knows of buffers of others, too. */
  private static boolean leadsOn(String owner, Field field) {
    Class<?> type = field.getType();
    if (owner.equals(CONNECTION)) {
      return field.getName().equals("rawSocket");
    }
    return Source.class.isAssignableFrom(type)
        || type == InputStream.class
        || ON_THE_WAY.contains(type.getName());
  }
}
