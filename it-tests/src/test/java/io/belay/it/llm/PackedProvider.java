package io.belay.it.llm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A provider that speaks HTTP/1.1 and 2, packs its answers for whoever takes them so, cuts them
 * into small chunks and ends them with a trailer.
 */
final class PackedProvider implements AutoCloseable {
  static final long INPUT = 11;
  static final int TOKENS = 20;
  private static final int CUT = 7;
  private static final String ERROR =
      "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"later\"}}"
          + "\nevent: error";

  private final DisposableServer server;
  private final AtomicInteger packed = new AtomicInteger();

  PackedProvider() {
    server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .protocol(HttpProtocol.HTTP11, HttpProtocol.H2C)
            .handle(
                (request, response) ->
                    request
                        .receive()
                        .aggregate()
                        .asString()
                        .defaultIfEmpty("")
                        .flatMapMany(body -> answer(request, response, body))
                        .then())
            .bindNow();
  }

  private Publisher<Void> answer(
      HttpServerRequest request, HttpServerResponse response, String body) {
    Wire wire = request.uri().contains("/messages") ? Wire.ANTHROPIC : Wire.OPENAI;
    boolean streamed = wire.streams(request.uri(), body);
    byte[] bytes =
        streamed
            ? stream(wire, body, request.uri().startsWith("/broken"))
            : wire.answer(INPUT, TOKENS).getBytes(StandardCharsets.UTF_8);
    response.header("Content-Type", streamed ? wire.contentType() : "application/json");
    response.header("Trailer", "X-Sum");
    response.trailerHeaders(trailers -> trailers.set("X-Sum", "7"));
    String accepted = request.requestHeaders().get("Accept-Encoding", "");
    if (accepted.contains("gzip")) {
      response.header("Content-Encoding", "gzip");
      packed.incrementAndGet();
      bytes = pack(bytes);
    }
    return response.sendByteArray(Flux.fromIterable(cut(bytes)));
  }

  private static byte[] stream(Wire wire, String body, boolean broken) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    wire.first(INPUT).forEach(event -> out.writeBytes(wire.framed(event)));
    for (int i = 0; i < (broken ? 2 : TOKENS); i++) {
      out.writeBytes(wire.framed(wire.token()));
    }
    if (broken) {
      out.writeBytes(wire.framed(ERROR));
    } else {
      wire.last(body, INPUT, TOKENS).forEach(event -> out.writeBytes(wire.framed(event)));
    }
    return out.toByteArray();
  }

  private static byte[] pack(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static List<byte[]> cut(byte[] bytes) {
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += CUT) {
      pieces.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + CUT)));
    }
    return pieces;
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  /** How many answers were packed since this was asked last. */
  int packed() {
    return packed.getAndSet(0);
  }

  @Override
  public void close() {
    server.disposeNow();
  }
}
