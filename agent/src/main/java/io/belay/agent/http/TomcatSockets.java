package io.belay.agent.http;

import io.belay.boot.Inbound;
import io.belay.boot.InboundSocket;
import io.belay.boot.ServerAdapter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * WebSockets of Tomcat 9 to 11, by names: what they are made of has two names, as that of servlets.
 * All that belongs to a connection has its {@code UpgradeInfo}, which is its key.
 */
public final class TomcatSockets extends ServerAdapter {
  @Override
  public @Nullable Inbound request(Object self, Object[] args) {
    return null;
  }

  /** Of a handler of upgraded connections, of a reader of frames, or of a session. */
  @Override
  public @Nullable Object key(Object self, Object[] args) {
    Object info = read("upgradeInfo", self);
    if (info != null) {
      return info;
    }
    // A session that is not open any more was closed by the application, and the client agrees.
    Object end = isOpen(self) ? read("wsRemoteEndpoint", self) : null;
    return end == null ? null : read("upgradeInfo", end);
  }

  @Override
  public @Nullable InboundSocket socket(Object self, Object[] args, Inbound handshake) {
    Object info = read("upgradeInfo", self);
    return info == null ? null : new Socket(self, handshake, info);
  }

  private static boolean isOpen(Object session) {
    try {
      return (boolean) session.getClass().getMethod("isOpen").invoke(session);
    } catch (ReflectiveOperationException | RuntimeException unknown) {
      return false;
    }
  }

  private static @Nullable Object read(String name, Object of) {
    for (Class<?> type = of.getClass(); type != null; type = type.getSuperclass()) {
      try {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
      } catch (NoSuchFieldException above) {
        // Perhaps its superclass has it.
      } catch (IllegalAccessException | RuntimeException closed) {
        return null;
      }
    }
    return null;
  }

  private static final class Socket extends InboundSocket {
    private final Object handler;

    Socket(Object handler, Inbound handshake, Object info) {
      super(handshake, info);
      this.handler = handler;
    }

    @Override
    protected void close(int code, String reason) throws Exception {
      Object session = read("wsSession", handler);
      if (session == null) {
        throw new IllegalStateException("The connection has no session yet.");
      }
      for (Method close : session.getClass().getMethods()) {
        if (close.getName().equals("close") && close.getParameterCount() == 1) {
          close.invoke(session, reason(close.getParameterTypes()[0], code, reason));
          return;
        }
      }
    }

    private static Object reason(Class<?> type, int code, String text) throws Exception {
      Class<?> codes = Class.forName(type.getName() + "$CloseCodes", true, type.getClassLoader());
      Object known = codes.getMethod("getCloseCode", int.class).invoke(null, code);
      for (Constructor<?> made : type.getConstructors()) {
        if (made.getParameterCount() == 2) {
          return made.newInstance(known, text);
        }
      }
      throw new NoSuchMethodException(type.getName());
    }
  }
}
