package io.belay.it.inbound;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One connection to a server under test; what travels on it is written by hand. */
final class Client implements AutoCloseable {
  /** What was answered; header names in lower case. */
  record Answer(int status, Map<String, String> headers, String body) {}

  /** How a client leaves. */
  enum Leaving {
    CLOSE,
    RESET,
    HALF_CLOSE
  }

  private final Socket connection;
  private final Socket socket; // What is written to: the connection, or TLS over it.
  private final InputStream in;

  Client(int port) {
    this(port, false);
  }

  private Client(int port, boolean secure) {
    try {
      connection = new Socket(InetAddress.getLoopbackAddress(), port);
      connection.setSoTimeout(90_000);
      socket =
          secure
              ? Tls.client().getSocketFactory().createSocket(connection, "127.0.0.1", port, true)
              : connection;
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Over TLS. */
  static Client secure(int port) {
    return new Client(port, true);
  }

  /** Sends requests at once, one after the other; each is a path, perhaps with header lines. */
  Client send(String... targets) {
    StringBuilder text = new StringBuilder();
    for (String target : targets) {
      String[] lines = target.split("\n", 2);
      text.append("GET ").append(lines[0]).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
      text.append(lines.length == 1 ? "" : lines[1] + "\r\n").append("\r\n");
    }
    try {
      socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Answer read() {
    try {
      int status = Integer.parseInt(line().split(" ")[1]);
      Map<String, String> headers = new HashMap<>();
      for (String line = line(); !line.isEmpty(); line = line()) {
        String[] parts = line.split(": *", 2);
        headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
      }
      return new Answer(status, headers, new String(body(headers), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if (!headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
      return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int length = -1; length != 0; ) {
      length = Integer.parseInt(line(), 16);
      body.write(in.readNBytes(length));
      line();
    }
    return body.toByteArray();
  }

  /** Reads until this has come, however it is packed. */
  void awaitText(String text) {
    try {
      StringBuilder read = new StringBuilder();
      while (read.indexOf(text) < 0) {
        int c = in.read();
        if (c < 0) {
          throw new IOException("the server has closed after: " + read);
        }
        read.append((char) c);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void leave(Leaving how) {
    try {
      switch (how) {
        case CLOSE -> socket.close();
        case RESET -> {
          connection.setSoLinger(true, 0);
          connection.close();
        }
        case HALF_CLOSE -> connection.shutdownOutput();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the server has closed after: " + line);
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    leave(Leaving.CLOSE);
  }
}
