package io.belay.agent.http;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** The methods of the servlet API that are needed, found in whichever of its packages is there. */
final class ServletApi {
  /** The attribute of a request that leads back to its run. */
  static final String MARK = "io.belay.request";

  static final int URI = 0;
  static final int QUERY = 1;
  static final int HEADER = 2;
  static final int REMOTE_ADDRESS = 3;
  static final int REMOTE_PORT = 4;
  static final int LOCAL_PORT = 5;
  static final int IS_ASYNC = 6;
  static final int ASYNC = 7;
  static final int ATTRIBUTE = 8;
  static final int SET_ATTRIBUTE = 9;
  static final int SET_HEADER = 10;
  static final int STATUS = 11;
  static final int SET_STATUS = 12;
  static final int IS_COMMITTED = 13;
  static final int RESET = 14;
  static final int CONTENT_TYPE = 15;
  static final int SET_CONTENT_TYPE = 16;
  static final int SET_LENGTH = 17;
  static final int STREAM = 18;
  static final int WRITER = 19;
  static final int FLUSH = 20;
  static final int DISPATCH = 21;
  static final int LISTEN = 22;
  static final int REQUEST_OF_ASYNC = 23;
  static final int WRAPPED = 24;
  static final int ASYNC_OF_EVENT = 25;
  static final int PROTOCOL = 26;

  private static final String[][] NAMES = {
    {"http.HttpServletRequest", "getRequestURI"},
    {"http.HttpServletRequest", "getQueryString"},
    {"http.HttpServletRequest", "getHeader"},
    {"ServletRequest", "getRemoteAddr"},
    {"ServletRequest", "getRemotePort"},
    {"ServletRequest", "getLocalPort"},
    {"ServletRequest", "isAsyncStarted"},
    {"ServletRequest", "getAsyncContext"},
    {"ServletRequest", "getAttribute"},
    {"ServletRequest", "setAttribute"},
    {"http.HttpServletResponse", "setHeader"},
    {"http.HttpServletResponse", "getStatus"},
    {"http.HttpServletResponse", "setStatus"},
    {"ServletResponse", "isCommitted"},
    {"ServletResponse", "resetBuffer"},
    {"ServletResponse", "getContentType"},
    {"ServletResponse", "setContentType"},
    {"ServletResponse", "setContentLength"},
    {"ServletResponse", "getOutputStream"},
    {"ServletResponse", "getWriter"},
    {"ServletResponse", "flushBuffer"},
    {"AsyncContext", "dispatch"},
    {"AsyncContext", "addListener"},
    {"AsyncContext", "getRequest"},
    {"ServletRequestWrapper", "getRequest"},
    {"AsyncEvent", "getAsyncContext"},
    {"ServletRequest", "getProtocol"},
  };

  final Class<?> http;
  final Class<?> wrapper;
  final Class<?> listener;
  private final MethodHandle[] handles = new MethodHandle[NAMES.length];

  private ServletApi(ClassLoader loader, String prefix) throws ReflectiveOperationException {
    http = Class.forName(prefix + "http.HttpServletRequest", false, loader);
    wrapper = Class.forName(prefix + "ServletRequestWrapper", false, loader);
    listener = Class.forName(prefix + "AsyncListener", false, loader);
    for (int i = 0; i < NAMES.length; i++) {
      Class<?> type = Class.forName(prefix + NAMES[i][0], false, loader);
      MethodHandle found = MethodHandles.publicLookup().unreflect(method(type, NAMES[i][1]));
      handles[i] =
          found
              .asType(found.type().generic().changeReturnType(Object.class))
              .asSpreader(Object[].class, found.type().parameterCount())
              .asType(MethodType.methodType(Object.class, Object[].class));
    }
  }

  /** The one with the fewest parameters: a method's further forms are never meant. */
  private static Method method(Class<?> type, String name) throws NoSuchMethodException {
    Method least = null;
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name)
          && (least == null || method.getParameterCount() < least.getParameterCount())) {
        least = method;
      }
    }
    if (least == null) {
      throw new NoSuchMethodException(type + "." + name);
    }
    return least;
  }

  /** The API that an object of a container or of an application implements. */
  static ServletApi of(Class<?> implementation) {
    for (String prefix : new String[] {"jakarta.servlet.", "javax.servlet."}) {
      Class<?> marker = implemented(implementation, prefix);
      if (marker != null) {
        try {
          return new ServletApi(marker.getClassLoader(), prefix);
        } catch (ReflectiveOperationException unknown) {
          throw new IllegalStateException("no servlet API as it is known", unknown);
        }
      }
    }
    throw new IllegalArgumentException(implementation + " is of no servlet API");
  }

  private static @Nullable Class<?> implemented(@Nullable Class<?> type, String prefix) {
    if (type == null || type.getName().startsWith(prefix)) {
      return type;
    }
    for (Class<?> above : type.getInterfaces()) {
      Class<?> found = implemented(above, prefix);
      if (found != null) {
        return found;
      }
    }
    return implemented(type.getSuperclass(), prefix);
  }

  @Nullable Object call(int method, Object... receiverAndArguments) {
    try {
      return handles[method].invokeExact(receiverAndArguments);
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable checked) {
      throw new IllegalStateException(checked);
    }
  }
}
