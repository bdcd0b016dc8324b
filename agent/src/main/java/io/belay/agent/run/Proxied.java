package io.belay.agent.run;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Callbacks of an interface that only its library knows. Each is given to that as a proxy, so that
 * nothing has to be compiled against the library; whoever calls it works for its run meanwhile,
 * also after a stop, since it is by callbacks that things are tidied up.
 *
 * <p>An object that is more to the library than a callback, as a promise that completes another, is
 * left as it is: the library would not find again what it looks for.
 */
final class Proxied {
  private final String name;
  private final String library;

  private final ClassValue<Object[]> types =
      new ClassValue<>() {
        @Override
        protected Object[] computeValue(Class<?> type) {
          Class<?> found = find(type);
          return new Object[] {found == null || isMore(type, found) ? null : found};
        }
      };

  /**
   * Callbacks of one interface.
   *
   * @param name its binary name, the first two words of which stand for the library
   */
  Proxied(String name) {
    this.name = name;
    this.library = name.substring(0, name.indexOf('.', name.indexOf('.') + 1) + 1);
  }

  Object carrying(Run run, @Nullable Shield shield, Object callback) {
    Class<?> type = (Class<?>) types.get(callback.getClass())[0];
    return type == null
        ? callback
        : Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, new Calls(run, shield, callback));
  }

  private @Nullable Class<?> find(@Nullable Class<?> type) {
    if (type == null || type.getName().equals(name)) {
      return type;
    }
    for (Class<?> above : type.getInterfaces()) {
      Class<?> found = find(above);
      if (found != null) {
        return found;
      }
    }
    return find(type.getSuperclass());
  }

  private boolean isMore(@Nullable Class<?> type, Class<?> than) {
    if (type == null || type.isAssignableFrom(than)) {
      return false;
    }
    for (Class<?> above : type.getInterfaces()) {
      if (!above.isAssignableFrom(than)
          && (above.getName().startsWith(library) || isMore(above, than))) {
        return true;
      }
    }
    return isMore(type.getSuperclass(), than);
  }

  private record Calls(Run run, @Nullable Shield shield, Object callback)
      implements InvocationHandler {
    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
        throws Throwable {
      if (method.getDeclaringClass() == Object.class) {
        return ofObject(method.getName(), args);
      }
      Carried.Callback begun = Carried.Callback.begin(run.live(), shield);
      try {
        return method.invoke(callback, args);
      } catch (InvocationTargetException thrown) {
        throw thrown.getCause();
      } finally {
        begun.end();
      }
    }

    private Object ofObject(String name, Object @Nullable [] args) {
      return switch (name) {
        case "hashCode" -> callback.hashCode();
        case "toString" -> callback.toString();
        default -> args != null && callback.equals(bare(args[0]));
      };
    }

    private static @Nullable Object bare(@Nullable Object other) {
      return other != null
              && Proxy.isProxyClass(other.getClass())
              && Proxy.getInvocationHandler(other) instanceof Calls calls
          ? calls.callback
          : other;
    }
  }
}
