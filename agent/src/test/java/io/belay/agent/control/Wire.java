package io.belay.agent.control;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection on which a test writes what no well-behaved client would. */
final class Wire implements AutoCloseable {
  private final Socket socket = new Socket();
  private final InputStream in;
  private boolean chunked;
  private int left;

  Wire(URI server) throws IOException {
    this(server, 0);
  }

  /** With a receive buffer of that size, unless 0. */
  Wire(URI server, int buffer) throws IOException {
    if (buffer > 0) {
      socket.setReceiveBufferSize(buffer);
    }
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    socket.setSoTimeout(90_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  Wire send(String... lines) throws IOException {
    String text = String.join("\r\n", lines) + "\r\n\r\n";
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** The status of the answer that begins here. */
  int status() throws IOException {
    String line = line();
    return Integer.parseInt(line.split(" ")[1]);
  }

  /** The next line; {@code null} at the end. */
  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = read(); next != '\n'; next = read()) {
      if (next < 0) {
        return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  /** The next byte of the content, without the framing of chunks. */
  private int read() throws IOException {
    if (!chunked) {
      return in.read();
    }
    if (left == 0) {
      chunked = false;
      left = Integer.parseInt(line(), 16) + 2; // with the line end behind the chunk
      chunked = true;
    }
    int next = in.read();
    left--;
    if (left == 2) {
      in.skipNBytes(2);
      left = 0;
    }
    return next;
  }

  /** The rest of the answer's head, in lower case. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    for (String line = line(); line != null && !line.isEmpty(); line = line()) {
      head.append(line.toLowerCase(Locale.ROOT)).append('\n');
    }
    chunked = head.indexOf("transfer-encoding: chunked") >= 0;
    return head.toString();
  }

  /** Reads until a line begins so, and answers the rest of that line. */
  String after(String start) throws IOException {
    for (String line = line(); line != null; line = line()) {
      if (line.startsWith(start)) {
        return line.substring(start.length());
      }
    }
    throw new IOException("ended before a line that begins with " + start);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
