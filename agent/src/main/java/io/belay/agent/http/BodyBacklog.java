package io.belay.agent.http;

import io.belay.boot.Tap;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * How many bytes of a body have come and were not asked for: what lies in the buffers between the
 * body and its socket, and in the socket. A body leads there through private fields, whose names
 * differ from version to version, so the way is found by their types. Reads sizes and no bytes, so
 * it may be asked while another thread reads.
 */
abstract class BodyBacklog {
  private static final int MOST_STEPS = 64;

  /** The fields of each class by which the way leads on. */
  abstract static class Ways extends ClassValue<Field[]> {
    /** Whether {@code field}, which {@code owner} declares, is on the way. */
    abstract boolean leadOn(Class<?> owner, Field field);

    @Override
    protected final Field[] computeValue(Class<?> type) {
      List<Field> kept = new ArrayList<>();
      for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
        for (Field field : at.getDeclaredFields()) {
          if (!Modifier.isStatic(field.getModifiers()) && leadOn(at, field)) {
            field.setAccessible(true);
            kept.add(field);
          }
        }
      }
      return kept.toArray(new Field[0]);
    }
  }

  private final Ways ways;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> next = new ArrayDeque<>();
  private long bytes;
  private boolean packed;
  private boolean ends;
  private boolean unknown;

  BodyBacklog(Ways ways) {
    this.ways = ways;
  }

  /**
   * Looks at what is on the way.
   *
   * @return whether the way leads on through its fields
   */
  abstract boolean passes(Object at) throws ReflectiveOperationException;

  /** All of the way was seen. */
  void arrived() {}

  /** So many bytes lie here. */
  final void came(long count) {
    bytes += Math.max(0, count);
  }

  /** Nothing comes from further away: so many bytes lie here, or less than none if unknown. */
  final void ends(long count) {
    ends = true;
    unknown |= count < 0;
    came(count);
  }

  /** What lies here is still to be unpacked. */
  final void isPacked() {
    packed = true;
  }

  /** Tells {@code tap} what lies behind {@code body}, or that nobody knows the way. */
  final void tell(Object body, Tap tap) {
    try {
      walk(body);
      arrived();
    } catch (ReflectiveOperationException | RuntimeException | LinkageError other) {
      unknown = true;
    }
    tap.unread(ends && !unknown ? bytes : -1, packed);
  }

  private void walk(Object body) throws ReflectiveOperationException {
    next.add(body);
    for (int i = 0; i < MOST_STEPS && !next.isEmpty(); i++) {
      Object at = next.remove();
      if (seen.add(at) && passes(at)) {
        for (Field field : ways.get(at.getClass())) {
          Object value = field.get(at);
          if (value != null) {
            next.add(value);
          }
        }
      }
    }
  }
}
