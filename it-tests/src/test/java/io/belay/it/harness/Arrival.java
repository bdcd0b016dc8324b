package io.belay.it.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A request that has arrived, and its answer, which the test writes by hand. Writing to a client
 * that has left does nothing.
 */
public final class Arrival {
  private final RequestReader.Request request;
  private final long tick;
  private final Socket client;
  private final CountDownLatch left = new CountDownLatch(1);
  private final Supplier<Long> clock;
  private volatile long tokens;
  private volatile long answeredAt;

  Arrival(RequestReader.Request request, long tick, Socket client, Supplier<Long> clock) {
    this.request = request;
    this.tick = tick;
    this.client = client;
    this.clock = clock;
  }

  /** When it had arrived completely, in the order of {@link Provider#tick}. */
  public long tick() {
    return tick;
  }

  /** When the whole answer was about to be written; 0 while it was not. */
  public long answeredAt() {
    return answeredAt;
  }

  /** The request's method. */
  public String method() {
    return request.method();
  }

  /** The request's path, with its query. */
  public String path() {
    return request.path();
  }

  /** A header of the request, or null. */
  public String header(String name) {
    return request.headers().get(name.toLowerCase(java.util.Locale.ROOT));
  }

  /** The request's body. */
  public String body() {
    return request.body();
  }

  /** How many tokens were sent before the client left. */
  public long tokens() {
    return tokens;
  }

  String key() {
    return request.path().split("[/?]", 3)[1];
  }

  /** Begins a stream of server-sent events. */
  public void stream() {
    stream("text/event-stream");
  }

  /** Begins a stream of something else. */
  public void stream(String contentType) {
    write(
        "HTTP/1.1 200 OK\r\nContent-Type: "
            + contentType
            + "\r\nTransfer-Encoding: chunked\r\n\r\n");
  }

  /** Sends one token of a chat completion. */
  public void token(String text) {
    if (event(delta("{\"content\":\"" + text + "\"}", "null", "null"))) {
      tokens++;
    }
  }

  /** Sends one event; answers whether the client was still there. */
  public boolean event(String data) {
    return chunk(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Sends one piece of a stream; answers whether the client was still there. */
  public boolean chunk(byte[] bytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
    all.writeBytes(bytes);
    all.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    return write(all.toByteArray());
  }

  /** Ends the stream as the provider does: finish reason, usage, {@code [DONE]}. */
  public void finish() {
    event(delta("{}", "\"stop\"", "null"));
    event(
        delta(
            "{}",
            "null",
            "{\"prompt_tokens\":10,\"completion_tokens\":%d,\"total_tokens\":%d}"
                .formatted(tokens, tokens + 10)));
    event("[DONE]");
    end();
  }

  /** Ends the stream. */
  public void end() {
    write("0\r\n\r\n");
  }

  /** Lets the connection change its protocol; {@code accept} is what a WebSocket wants to hear. */
  public void upgrade(String protocol, String accept) {
    write(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: %s\r\nSec-WebSocket-Accept: %s\r\n\r\n"
            .formatted(protocol, accept));
  }

  /** Says that the body may come, which nobody waits for. */
  public void goOn() {
    write("HTTP/1.1 100 Continue\r\n\r\n");
  }

  /** Answers in one piece. */
  public void answer(int status, String contentType, String body) {
    answeredAt = clock.get();
    write(
        "HTTP/1.1 %d OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, contentType, body.getBytes(StandardCharsets.UTF_8).length, body));
  }

  /** Announces an answer in one piece, and closes the connection after so many bytes of it. */
  public void broken(String contentType, String body, int bytes) {
    write(
        "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(contentType, body.length(), body.substring(0, bytes)));
    reset();
  }

  /** Answers a chat completion that was not to be streamed. */
  public void completion(String text) {
    tokens = 1;
    answer(
        200,
        "application/json",
        """
        {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,\
        "finish_reason":"stop","message":{"role":"assistant","content":"%s"}}],\
        "usage":{"prompt_tokens":10,"completion_tokens":1,"total_tokens":11}}"""
            .formatted(text));
  }

  /** Closes the connection without an answer. */
  public void reset() {
    try {
      client.close();
    } catch (IOException clientHasLeft) {
      // It has closed it itself.
    }
  }

  /** Waits for the client to close the connection; answers whether it did before the deadline. */
  public boolean awaitClientLeft() {
    try {
      return left.await(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether the client has closed the connection. */
  public boolean clientLeft() {
    return left.getCount() == 0;
  }

  void left() {
    left.countDown();
  }

  private static String delta(String delta, String finish, String usage) {
    return """
    {"id":"c","object":"chat.completion.chunk","created":1,"model":"m",\
    "choices":[{"index":0,"delta":%s,"finish_reason":%s}],"usage":%s}"""
        .formatted(delta, finish, usage);
  }

  private boolean write(String text) {
    return write(text.getBytes(StandardCharsets.UTF_8));
  }

  private synchronized boolean write(byte[] bytes) {
    if (clientLeft()) {
      return false;
    }
    try {
      client.getOutputStream().write(bytes);
      return true;
    } catch (IOException clientHasLeft) {
      return false;
    }
  }
}
