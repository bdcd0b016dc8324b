package io.belay.agent.control;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The other end of {@link LocalControl}: what the command line speaks through. One thread's. */
public final class LocalCaller implements AutoCloseable {
  /** An answer of the control plane; the statuses are HTTP's. */
  public record Reply(int status, String body) {}

  private final Socket socket = new Socket();
  private final InputStream in;
  private final LocalLine line;

  /**
   * Calls.
   *
   * @param invitation see {@link LocalControl#invitation}
   * @param user who says so; one word
   * @param patience milliseconds that each answer may take
   * @throws IOException when nobody answers there, or the secret is not accepted
   */
  public LocalCaller(String invitation, String user, int patience) throws IOException {
    int space = invitation.indexOf(' ');
    int colon = invitation.lastIndexOf(':', space < 0 ? 0 : space);
    if (colon < 0) {
      throw new IOException("the JVM gave no address");
    }
    try {
      int port = Integer.parseInt(invitation.substring(colon + 1, space));
      socket.connect(new InetSocketAddress(invitation.substring(0, colon), port), patience);
      socket.setSoTimeout(patience);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
      line = new LocalLine(in, socket.getOutputStream());
      line.write(
          LocalLine.PROTOCOL
              + ' '
              + invitation.substring(space + 1)
              + ' '
              + user.replaceAll("\\s", "-"));
      if (!line.read().startsWith(LocalLine.PROTOCOL + ' ')) {
        throw new IOException("another version of Belay answers");
      }
    } catch (IOException | RuntimeException failed) {
      socket.close();
      throw failed;
    }
  }

  /** Asks, and waits for the answer. */
  public Reply call(String method, String target, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    line.write(method + ' ' + target + ' ' + bytes.length, bytes);
    String[] head = line.read().split(" ");
    byte[] document = in.readNBytes(Integer.parseInt(head[1]));
    if (document.length < Integer.parseInt(head[1])) {
      throw new EOFException("the JVM has gone");
    }
    return new Reply(Integer.parseInt(head[0]), new String(document, StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      // So it is closed.
    }
  }
}
