package io.belay.it.inbound;

import java.io.OutputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;

/**
 * The servlet of every servlet container under test. By reflection, since its API changed its name
 * in between. The first segment of the path says how it answers; what follows is {@link Handler}'s.
 */
final class ServletPart {
  private ServletPart() {}

  static void service(Object request, Object response) throws Exception {
    String path = (String) call(request, "getRequestURI");
    String query = (String) call(request, "getQueryString");
    if (call(request, "getDispatcherType").toString().equals("ASYNC")) {
      return; // What was to be said is said.
    }
    String way = path.substring(1).replaceFirst("/.*", "");
    String rest = path.substring(Math.min(path.length(), way.length() + 1));
    if (path.startsWith("/hooks/accept/")) {
      Handler.afterwards(path.substring("/hooks/accept".length()), query);
      call(response, "setStatus", 202);
      return;
    }
    switch (way) {
      case "stream" -> stream(response, rest, query);
      case "later" -> later(request, "dispatch", () -> Handler.answer(rest, query));
      case "async" -> later(request, "complete", () -> write(response, rest, query));
      case "emit" -> later(request, "dispatch", () -> stream(response, rest, query));
      case "forget" -> later(request, "", () -> Handler.answer(rest, query));
      case "swallow" -> swallow(response, rest, query);
      default -> write(response, path, query);
    }
  }

  /** An application that answers for its failures by itself. */
  private static void swallow(Object response, String path, String query) throws Exception {
    try {
      write(response, path, query);
    } catch (RuntimeException failure) {
      call(response, "sendError", 500, "it has failed");
    }
  }

  interface Answer {
    void give() throws Exception;
  }

  private static void write(Object response, String path, String query) throws Exception {
    byte[] body = Handler.answer(path, query).getBytes(StandardCharsets.UTF_8);
    call(response, "setContentLength", body.length);
    out(response).write(body);
  }

  private static void stream(Object response, String path, String query) throws Exception {
    call(response, "setContentType", "text/event-stream");
    out(response).write("data: begun\n\n".getBytes(StandardCharsets.UTF_8));
    call(response, "flushBuffer");
    String text = Handler.answer(path, query);
    out(response).write(("data: " + text + "\n\n").getBytes(StandardCharsets.UTF_8));
  }

  /** As frameworks do it: what the work throws is for the container's thread to tell. */
  private static void later(Object request, String end, Answer answer) {
    Object async = call(request, "startAsync");
    Runnable work =
        () -> {
          try {
            answer.give();
          } catch (Exception refusedOrFailed) {
            // The answer stays as it is.
          }
          if (!end.isEmpty()) {
            call(async, end);
          }
        };
    new Thread(work).start();
  }

  private static OutputStream out(Object response) {
    return (OutputStream) call(response, "getOutputStream");
  }

  static Object call(Object on, String name, Object... args) {
    for (Method method : on.getClass().getMethods()) {
      if (method.getName().equals(name) && method.getParameterCount() == args.length) {
        try {
          method.setAccessible(true);
          return method.invoke(on, args);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(name, e);
        }
      }
    }
    throw new IllegalArgumentException(name + " of " + on.getClass());
  }
}
