package io.belay.demo.provider;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One kept-alive HTTP/1.1 connection, from the server's side, on a plain socket.
 *
 * <p>A plain socket because a ledger that is to be true must know at once when the client is gone.
 * After a client has closed, the first write still succeeds, so a server that only writes notices
 * one token late. Here the pause between two tokens is spent reading: an idle client sends nothing,
 * a client that left shows as end of stream. Used by one thread.
 */
final class HttpConnection implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  HttpConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = new BufferedOutputStream(socket.getOutputStream());
  }

  /** Reads the next request. Empty when the client closed the connection between two of them. */
  Optional<HttpRequest> next() throws IOException {
    String start = line();
    if (start.isEmpty()) {
      return Optional.empty();
    }
    String[] words = start.split(" ", -1);
    if (words.length != 3) {
      throw new IOException("not a request line: " + start);
    }
    Map<String, String> headers = new HashMap<>();
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      if (colon < 1) {
        throw new IOException("not a header: " + header);
      }
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).trim());
    }
    try {
      return Optional.of(new HttpRequest(words[0], new URI(words[1]), body(headers)));
    } catch (URISyntaxException | NumberFormatException e) {
      throw new IOException("not a request: " + start, e);
    }
  }

  /**
   * Waits, and tells whether the client left meanwhile. Returns as soon as it did. A client that
   * only closes its sending half counts as gone, which no HTTP client does.
   */
  boolean clientLeavesWithin(long millis) throws IOException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    socket.setSoTimeout((int) Math.max(1, millis));
    in.mark(1);
    try {
      if (in.read() < 0) {
        return true;
      }
      in.reset();
      // The next request is here already, so this client can not be told from one that waits.
      TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
      return false;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } finally {
      if (!socket.isClosed()) {
        socket.setSoTimeout(0);
      }
    }
  }

  void respond(int status, String contentType, byte[] body) throws IOException {
    head(status, contentType, "Content-Length: " + body.length);
    out.write(body);
    out.flush();
  }

  /** Begins a response of unknown length; follow with {@link #chunk} and {@link #endChunks}. */
  void beginChunks(int status, String contentType) throws IOException {
    head(status, contentType, "Transfer-Encoding: chunked");
    out.flush();
  }

  void chunk(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  void endChunks() throws IOException {
    out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void head(int status, String contentType, String framing) throws IOException {
    String head =
        String.format(
            "HTTP/1.1 %d Status\r\nContent-Type: %s\r\n%s\r\n\r\n", status, contentType, framing);
    out.write(head.getBytes(StandardCharsets.US_ASCII));
  }

  private String body(Map<String, String> headers) throws IOException {
    if (!headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      return new String(exactly(length), StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.write(exactly(size));
      line();
    }
    line();
    return body.toString(StandardCharsets.UTF_8);
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().replaceFirst(";.*", "").trim(), 16);
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the client left in the middle of a request");
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }
}
