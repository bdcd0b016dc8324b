package io.belay.agent.http;

import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Has PostgreSQL end what a connection of Vert.x is at: by the request of its protocol, which goes
 * over a connection of its own. Returns when the server has taken note, so what the connection does
 * next is not hit. Other clients of Vert.x keep nothing that this could be done with.
 */
final class VertxSqlCancel {
  private static final int CANCEL_REQUEST = 80877102;
  private static final int LENGTH = 16;
  private static final int PATIENCE_MILLIS = 2_000;

  private VertxSqlCancel() {}

  static boolean ask(Object connection) {
    try {
      int process = (int) call(connection, "getProcessId");
      int secret = (int) call(connection, "getSecretKey");
      Object options = call(connection, "connectOptions");
      String host = (String) call(options, "getHost");
      int port = (int) call(options, "getPort");
      return !host.startsWith("/") && send(host, port, process, secret);
    } catch (ReflectiveOperationException | RuntimeException | IOException unable) {
      return false;
    }
  }

  private static boolean send(String host, int port, int process, int secret) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(LENGTH);
      out.writeInt(CANCEL_REQUEST);
      out.writeInt(process);
      out.writeInt(secret);
      out.flush();
      return socket.getInputStream().read() < 0; // It closes when it has told the process.
    }
  }

  /** A connection that came when nobody waited for it any more. */
  static void giveBack(@Nullable Object connection) {
    if (connection != null) {
      try {
        call(connection, "close");
      } catch (ReflectiveOperationException gone) {
        // Its pool finds out.
      }
    }
  }

  private static Object call(Object on, String name) throws ReflectiveOperationException {
    for (Class<?> type = on.getClass(); type != null; type = type.getSuperclass()) {
      try {
        Method method = type.getDeclaredMethod(name);
        method.setAccessible(true);
        return Objects.requireNonNull(method.invoke(on));
      } catch (NoSuchMethodException above) {
        // In a class above, then.
      }
    }
    throw new NoSuchMethodException(name);
  }
}
