package io.belay.agent.http;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Where the JDK's server keeps what its public types do not tell: whether an answer is complete.
 * Its package is opened before this class is used.
 *
 * <p>By handles that are constants, which the compiler reads through: every request comes by here
 * six times, and {@link Field#get} was a fifth of what it cost.
 */
final class JdkServerFields {
  private static final String SERVER = "sun.net.httpserver.";
  private static final MethodType READ = MethodType.methodType(Object.class, Object.class);
  private static final Class<?> PLAIN_EXCHANGE = type("HttpExchangeImpl");
  private static final Class<?> FIXED_LENGTH = type("FixedLengthOutputStream");
  private static final MethodHandle PLAIN = field(PLAIN_EXCHANGE, "impl");
  private static final MethodHandle SECURE = field(type("HttpsExchangeImpl"), "impl");
  private static final MethodHandle EXCHANGE = field(type("Event"), "exchange");
  private static final MethodHandle WRITTEN = field(type("ExchangeImpl"), "writefinished");
  private static final MethodHandle CLOSED = field(type("ExchangeImpl"), "closed");
  private static final MethodHandle STREAM = field(type("ExchangeImpl"), "uos_orig");
  private static final MethodHandle WRAPPED = field(type("PlaceholderOutputStream"), "wrapped");
  private static final MethodHandle REMAINING = field(FIXED_LENGTH, "remaining");

  private JdkServerFields() {}

  static Object implementation(Object exchange) {
    Object found = get(PLAIN_EXCHANGE.isInstance(exchange) ? PLAIN : SECURE, exchange);
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
    return FIXED_LENGTH.isInstance(stream) && Long.valueOf(0).equals(get(REMAINING, stream));
  }

  private static boolean isSet(MethodHandle field, Object of) {
    return Boolean.TRUE.equals(get(field, of));
  }

  private static @Nullable Object get(MethodHandle field, @Nullable Object of) {
    try {
      return (Object) field.invokeExact(of);
    } catch (Throwable impossible) {
      throw new IllegalStateException("a field of the JDK's server cannot be read", impossible);
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(SERVER + name);
    } catch (ClassNotFoundException absent) {
      throw new ExceptionInInitializerError(absent);
    }
  }

  private static MethodHandle field(Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return MethodHandles.lookup().unreflectGetter(field).asType(READ);
    } catch (ReflectiveOperationException absent) {
      throw new ExceptionInInitializerError(absent);
    }
  }
}
