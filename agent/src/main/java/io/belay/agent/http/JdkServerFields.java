package io.belay.agent.http;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Where the JDK's server keeps what its public types do not tell: whether an answer is complete.
 * Its package is opened before this class is used.
 */
final class JdkServerFields {
  private static final String SERVER = "sun.net.httpserver.";
  private static final Field PLAIN = field("HttpExchangeImpl", "impl");
  private static final Field SECURE = field("HttpsExchangeImpl", "impl");
  private static final Field EXCHANGE = field("Event", "exchange");
  private static final Field WRITTEN = field("ExchangeImpl", "writefinished");
  private static final Field CLOSED = field("ExchangeImpl", "closed");
  private static final Field STREAM = field("ExchangeImpl", "uos_orig");
  private static final Field WRAPPED = field("PlaceholderOutputStream", "wrapped");
  private static final Field REMAINING = field("FixedLengthOutputStream", "remaining");

  private JdkServerFields() {}

  static Object implementation(Object exchange) {
    Field field = PLAIN.getDeclaringClass().isInstance(exchange) ? PLAIN : SECURE;
    Object found = get(field, exchange);
    return found == null ? exchange : found;
  }

  static @Nullable Object exchangeOf(Object event) {
    return get(EXCHANGE, event);
  }

  /** A body of known length is complete with its last byte, whether or not it is closed then. */
  static boolean isAnswered(Object implementation) {
    if (isSet(WRITTEN, implementation) || isSet(CLOSED, implementation)) {
      return true;
    }
    Object placeholder = get(STREAM, implementation);
    Object stream = placeholder == null ? null : get(WRAPPED, placeholder);
    return REMAINING.getDeclaringClass().isInstance(stream)
        && Long.valueOf(0).equals(get(REMAINING, stream));
  }

  private static boolean isSet(Field field, Object of) {
    return Boolean.TRUE.equals(get(field, of));
  }

  private static @Nullable Object get(Field field, @Nullable Object of) {
    try {
      return field.get(of);
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException(field + " cannot be read", closed);
    }
  }

  private static Field field(String type, String name) {
    try {
      Field field = Class.forName(SERVER + type).getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (ReflectiveOperationException absent) {
      throw new ExceptionInInitializerError(absent);
    }
  }
}
