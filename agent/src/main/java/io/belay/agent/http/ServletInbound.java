package io.belay.agent.http;

import io.belay.boot.Inbound;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One request as the servlet API shows it. */
final class ServletInbound extends Inbound {
  private final ServletApi api;
  private final Object request;
  private final Object response;
  private @Nullable Object stream; // Found when the request begins.

  ServletInbound(ServletApi api, Object request, Object response) {
    this.api = api;
    this.request = request;
    this.response = response;
  }

  @Override
  public String path() {
    return String.valueOf(api.call(ServletApi.URI, request));
  }

  @Override
  public @Nullable String query() {
    return (String) api.call(ServletApi.QUERY, request);
  }

  @Override
  public @Nullable String header(String name) {
    return (String) api.call(ServletApi.HEADER, request, name);
  }

  @Override
  public void respond(String header, String value) {
    api.call(ServletApi.SET_HEADER, response, header, value);
  }

  /** A filter may have wrapped the request to claim another client. */
  private Object innermost() {
    Object at = request;
    while (api.wrapper.isInstance(at)) {
      at = api.call(ServletApi.WRAPPED, at);
    }
    return at == null ? request : at;
  }

  @Override
  public String remoteAddress() {
    return String.valueOf(api.call(ServletApi.REMOTE_ADDRESS, innermost()));
  }

  @Override
  public int remotePort() {
    return number(api.call(ServletApi.REMOTE_PORT, innermost()));
  }

  @Override
  public int localPort() {
    return number(api.call(ServletApi.LOCAL_PORT, innermost()));
  }

  @Override
  public int status() {
    return number(api.call(ServletApi.STATUS, response));
  }

  private static int number(@Nullable Object value) {
    return value instanceof Integer number ? number : -1;
  }

  @Override
  public boolean isPending() {
    return Boolean.TRUE.equals(api.call(ServletApi.IS_ASYNC, request));
  }

  /** Containers do not tell: it is over when the servlet returns, or a listener is told. */
  @Override
  public boolean isAnswered() {
    return false;
  }

  @Override
  public boolean isBlank() {
    return status() == 200 && !isCommitted();
  }

  private boolean isCommitted() {
    return Boolean.TRUE.equals(api.call(ServletApi.IS_COMMITTED, response));
  }

  @Override
  public boolean answer(int status, byte[] body) {
    if (isCommitted()) {
      return false;
    }
    api.call(ServletApi.RESET, response);
    api.call(ServletApi.SET_STATUS, response, status);
    api.call(ServletApi.SET_CONTENT_TYPE, response, "application/json;charset=UTF-8");
    api.call(ServletApi.SET_LENGTH, response, body.length);
    write(body);
    return true;
  }

  @Override
  public boolean event(byte[] event) {
    if (!isEventStream((String) api.call(ServletApi.CONTENT_TYPE, response))) {
      return false;
    }
    write(event);
    return true;
  }

  /** To the stream or the writer, whichever the application has not ruled out. */
  private void write(byte[] text) {
    try {
      OutputStream stream = (OutputStream) api.call(ServletApi.STREAM, response);
      if (stream != null) {
        stream.write(text);
        stream.flush();
      }
    } catch (IOException clientHasLeft) {
      // Nobody is left to be told.
    } catch (IllegalStateException usesWriter) {
      PrintWriter writer = (PrintWriter) api.call(ServletApi.WRITER, response);
      if (writer != null) {
        writer.write(new String(text, StandardCharsets.UTF_8));
        writer.flush();
      }
    }
  }

  @Override
  public boolean wake() {
    try {
      Object async = api.call(ServletApi.ASYNC, request);
      if (async != null) {
        api.call(ServletApi.DISPATCH, async);
      }
    } catch (IllegalStateException completedMeanwhile) {
      // Its answer is on its way.
    }
    return true;
  }

  @Override
  public void whenOver(Runnable told) {
    Object async = api.call(ServletApi.ASYNC, request);
    if (async != null) {
      api.call(ServletApi.LISTEN, async, listener(told));
    }
  }

  /** A container forgets its listeners when the application begins to wait once more. */
  private Object listener(Runnable told) {
    return Proxy.newProxyInstance(
        api.listener.getClassLoader(),
        new Class<?>[] {api.listener},
        (proxy, method, args) -> {
          switch (method.getName()) {
            case "onComplete" -> told.run();
            case "onStartAsync" -> {
              Object again = api.call(ServletApi.ASYNC_OF_EVENT, args[0]);
              if (again != null) {
                api.call(ServletApi.LISTEN, again, proxy);
              }
            }
            case "equals" -> {
              return proxy == args[0];
            }
            case "hashCode" -> {
              return System.identityHashCode(proxy);
            }
            case "toString" -> {
              return "belay";
            }
            default -> {}
          }
          return null;
        });
  }

  @Override
  public void mark(Object key) {
    api.call(ServletApi.SET_ATTRIBUTE, request, ServletApi.MARK, key);
  }

  /** Only of a reset stream of HTTP/2: what becomes of the connection is left to be asked. */
  @Override
  public boolean tellsWhenClientLeaves() {
    if ("HTTP/2.0".equals(api.call(ServletApi.PROTOCOL, request))) {
      stream = ServletStream.of(innermost());
    }
    return stream != null;
  }

  @Override
  public Object key() {
    return stream == null ? this : stream;
  }
}
