package io.belay.agent.http;

import io.belay.boot.Tap;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.lang.reflect.Field;

/** What Apache's client, 4 or 5, has of a body: in the session's buffer and in the socket. */
final class ApacheBacklog extends BodyBacklog {
  private static final Ways WAYS =
      new Ways() {
        @Override
        boolean leadOn(Class<?> owner, Field field) {
          return isApache(owner) && leadsOn(field.getType());
        }
      };

  private final Tap tap;

  ApacheBacklog(Tap tap) {
    super(WAYS);
    this.tap = tap;
  }

  @Override
  boolean passes(Object at) throws ReflectiveOperationException {
    Class<?> type = at.getClass();
    if (type.getName().contains("Decompressing")) {
      isPacked();
    }
    if (isBuffer(type)) {
      came((int) type.getMethod("length").invoke(at));
    } else if (!isApache(type)) {
      // What unpacks says that something is there as long as it does not know better.
      if (!(at instanceof FilterInputStream)) {
        ends(tap.waiting(at));
      }
      return false;
    }
    return true;
  }

  private static boolean isApache(Class<?> type) {
    return type.getName().startsWith("org.apache.h");
  }

  /** The buffer of a session: both versions have an interface of that name. */
  private static boolean isBuffer(Class<?> type) {
    return type.getSimpleName().startsWith("SessionInputBuffer");
  }

  private static boolean leadsOn(Class<?> type) {
    return type == InputStream.class
        || type.getSimpleName().equals("HttpEntity")
        || isApache(type) && InputStream.class.isAssignableFrom(type)
        || isBuffer(type);
  }
}
