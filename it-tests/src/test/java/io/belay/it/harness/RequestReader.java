package io.belay.it.harness;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads the requests of one HTTP/1.1 connection. */
final class RequestReader {
  /** Header names are in lower case. */
  record Request(String method, String path, Map<String, String> headers, String body) {}

  private final InputStream in;

  RequestReader(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /** The next request, or null when the client has left in between. */
  Request next() throws IOException {
    String first = line();
    if (first == null) {
      return null;
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = needed(); !line.isEmpty(); line = needed()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    String[] words = first.split(" ");
    return new Request(words[0], words[1], headers, body(headers));
  }

  private String body(Map<String, String> headers) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      for (int size = chunk(); size > 0; size = chunk()) {
        body.write(in.readNBytes(size));
        needed();
      }
      needed();
    } else {
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      byte[] read = in.readNBytes(length);
      if (read.length < length) {
        throw new EOFException("in the middle of a body");
      }
      body.write(read);
    }
    return body.toString(StandardCharsets.UTF_8);
  }

  private int chunk() throws IOException {
    return Integer.parseInt(needed().replaceFirst(";.*", "").strip(), 16);
  }

  private String needed() throws IOException {
    String line = line();
    if (line == null) {
      throw new EOFException("in the middle of a request");
    }
    return line;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
