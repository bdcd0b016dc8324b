package io.belay.agent.http;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Leads from a container's request to the container's own object for its stream of HTTP/2, which is
 * what it speaks of when a client resets that stream. By name: each container, and each generation
 * of one, has a way of its own.
 */
final class ServletStream {
  /** What a container's requests are called, and the way from there; a last step may be absent. */
  private record Way(String requests, Step... steps) {}

  private static final Step UNWRAP = new Step("getWrapped", true);

  private static final Way[] WAYS = {
    new Way(
        "io.undertow.servlet.",
        new Step("getExchange", false),
        new Step("getConnection", false),
        new Step("responseChannel", false)),
    new Way("org.eclipse.jetty.server.", new Step("getHttpChannel", false)),
    new Way(
        "org.eclipse.jetty.ee",
        new Step("getRequest", false),
        UNWRAP,
        new Step("getHttpStream", false),
        UNWRAP),
  };

  private ServletStream() {}

  /** {@code null} where the container is not known, or has changed. */
  static @Nullable Object of(Object request) {
    String type = request.getClass().getName();
    for (Way way : WAYS) {
      if (type.startsWith(way.requests)) {
        Object at = request;
        for (Step step : way.steps) {
          at = at == null ? null : step.from(at);
        }
        return at;
      }
    }
    return null;
  }

  /** A method without parameters, or a field, as each class has it. */
  private static final class Step extends ClassValue<Optional<MethodHandle>> {
    private final String name;

    /** Taken as often as there is one, which may be never. */
    private final boolean repeated;

    Step(String name, boolean repeated) {
      this.name = name;
      this.repeated = repeated;
    }

    @Nullable Object from(Object start) {
      Object at = start;
      while (at != null) {
        MethodHandle next = get(at.getClass()).orElse(null);
        if (next == null) {
          return repeated ? at : null;
        }
        at = taken(next, at);
        if (!repeated) {
          return at;
        }
      }
      return null;
    }

    private static @Nullable Object taken(MethodHandle next, Object at) {
      try {
        return next.invokeExact(at);
      } catch (Throwable recycledMeanwhile) {
        return null;
      }
    }

    @Override
    protected Optional<MethodHandle> computeValue(Class<?> type) {
      for (Class<?> at = type; at != null; at = at.getSuperclass()) {
        try {
          MethodHandle found = declared(at);
          if (found != null) {
            return Optional.of(found.asType(MethodType.methodType(Object.class, Object.class)));
          }
        } catch (IllegalAccessException | RuntimeException closed) {
          return Optional.empty();
        }
      }
      return Optional.empty();
    }

    private @Nullable MethodHandle declared(Class<?> type) throws IllegalAccessException {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(name) && method.getParameterCount() == 0) {
          method.setAccessible(true);
          return MethodHandles.lookup().unreflect(method);
        }
      }
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return MethodHandles.lookup().unreflectGetter(field);
        }
      }
      return null;
    }
  }
}
