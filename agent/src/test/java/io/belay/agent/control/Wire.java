package io.belay.agent.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection on which a test writes what no well-behaved client would. */
final class Wire implements AutoCloseable {
  private final Socket socket = new Socket();
  private final BufferedReader in;

  Wire(URI server) throws IOException {
    this(server, 0);
  }

  /** With a receive buffer of that size, unless 0. */
  Wire(URI server, int buffer) throws IOException {
    if (buffer > 0) {
      socket.setReceiveBufferSize(buffer);
    }
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    socket.setSoTimeout(60_000);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
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
    return in.readLine();
  }

  /** The rest of the answer's head, in lower case. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    for (String line = line(); line != null && !line.isEmpty(); line = line()) {
      head.append(line.toLowerCase(java.util.Locale.ROOT)).append('\n');
    }
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
