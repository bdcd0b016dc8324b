package io.belay.agent.traffic;

import io.belay.boot.Exchange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Bodies of requests that their client has compressed: read as they were, and sent as they are. */
final class Packed {
  /** What unpacks to more is not read: a body may claim anything. */
  private static final int MOST = 64 << 20;

  private Packed() {}

  static boolean isPacked(Exchange exchange) {
    String encoding = encoding(exchange);
    return !encoding.isEmpty() && !encoding.equals("identity");
  }

  private static String encoding(Exchange exchange) {
    String header = exchange.header("Content-Encoding");
    return header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
  }

  /** The body as it was before; {@code null} when it cannot be read. */
  static byte @Nullable [] body(Exchange exchange) {
    byte[] body = exchange.body();
    if (body == null || !isPacked(exchange)) {
      return body;
    }
    if (!isGzip(exchange)) {
      return null;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] whole = in.readNBytes(MOST);
      return whole.length == MOST ? null : whole;
    } catch (IOException broken) {
      return null;
    }
  }

  /** Sends {@code body} in place of the request's own, packed like that. */
  static boolean replace(Exchange exchange, byte[] body) {
    return exchange.replaceBody(isGzip(exchange) ? gzip(body) : body);
  }

  private static boolean isGzip(Exchange exchange) {
    String encoding = encoding(exchange);
    return encoding.equals("gzip") || encoding.equals("x-gzip");
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length);
    try (GZIPOutputStream packing = new GZIPOutputStream(out)) {
      packing.write(body);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return out.toByteArray();
  }
}
