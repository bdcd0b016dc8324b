package io.belay.agent.http;

import io.belay.boot.Tap;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of a body Apache's client, 4 or 5, has and nobody has asked for: in the session's
 * buffer and in the socket. A body leads there through private fields, whose names differ from
 * version to version, so the way is found by their types. Reads sizes and no bytes, so it may be
 * asked while another thread reads.
 */
final class ApacheBacklog {
  private static final int MOST_STEPS = 32;

  /** How much larger an event may become once it is unpacked; streams pack each by itself. */
  private static final int PACKED = 8;

  private static final ClassValue<Field[]> FIELDS =
      new ClassValue<>() {
        @Override
        protected Field[] computeValue(Class<?> type) {
          return fields(type);
        }
      };

  private ApacheBacklog() {}

  /** The bytes behind {@code entity}, as far as the way there is known. */
  static long of(@Nullable Object entity, Tap tap) {
    try {
      return entity == null ? 0 : walk(entity, tap);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError unknown) {
      return 0; // It is counted as far as it was read.
    }
  }

  private static long walk(Object entity, Tap tap) throws ReflectiveOperationException {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> next = new ArrayDeque<>();
    next.add(entity);
    long bytes = 0;
    int packed = 1;
    for (int i = 0; i < MOST_STEPS && !next.isEmpty(); i++) {
      Object at = next.remove();
      if (!seen.add(at)) {
        continue;
      }
      if (at.getClass().getName().contains("Decompressing")) {
        packed = PACKED;
      }
      if (isBuffer(at.getClass())) {
        bytes += Math.max(0, (int) at.getClass().getMethod("length").invoke(at));
      } else if (!isApache(at.getClass())) {
        // What unpacks says that something is there as long as it does not know better.
        bytes += at instanceof FilterInputStream ? 0 : tap.waiting(at);
        continue;
      }
      for (Field field : FIELDS.get(at.getClass())) {
        Object value = field.get(at);
        if (value != null) {
          next.add(value);
        }
      }
    }
    return bytes * packed;
  }

  private static boolean isApache(Class<?> type) {
    String name = type.getName();
    return name.startsWith("org.apache.h");
  }

  /** The buffer of a session: both versions have an interface of that name. */
  private static boolean isBuffer(Class<?> type) {
    return type.getSimpleName().startsWith("SessionInputBuffer");
  }

  private static Field[] fields(Class<?> type) {
    List<Field> kept = new ArrayList<>();
    for (Class<?> at = type; at != null && isApache(at); at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && leadsOn(field.getType())) {
          field.setAccessible(true);
          kept.add(field);
        }
      }
    }
    return kept.toArray(new Field[0]);
  }

  private static boolean leadsOn(Class<?> type) {
    return type == InputStream.class
        || type.getSimpleName().equals("HttpEntity")
        || isApache(type) && InputStream.class.isAssignableFrom(type)
        || isBuffer(type);
  }
}
