package io.belay.it.inbound;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of a WebSocket, which asks one thing after the other and may leave at any time. */
final class SocketClient {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;

  SocketClient(int port, String run) {
    socket =
        CLIENT
            .newWebSocketBuilder()
            .header("X-Run-Id", run)
            .buildAsync(
                URI.create("ws://127.0.0.1:" + port + SocketPart.PATH),
                new WebSocket.Listener() {
                  private final StringBuilder text = new StringBuilder();

                  @Override
                  public CompletionStage<?> onText(
                      WebSocket from, CharSequence part, boolean last) {
                    text.append(part);
                    if (last) {
                      texts.add(text.toString());
                      text.setLength(0);
                    }
                    from.request(1);
                    return null;
                  }

                  @Override
                  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                    closed.complete(code);
                    return null;
                  }

                  @Override
                  public void onError(WebSocket from, Throwable failure) {
                    closed.complete(-1);
                  }
                })
            .join();
  }

  SocketClient send(String message) {
    socket.sendText(message, true).join();
    return this;
  }

  /** The next message of the server's. */
  String read() throws InterruptedException {
    String text = texts.poll(90, TimeUnit.SECONDS);
    if (text == null) {
      throw new AssertionError("No message has come.");
    }
    return text;
  }

  /** The code with which the server has closed the connection; -1 if there was none. */
  int closed() throws Exception {
    return closed.get(90, TimeUnit.SECONDS);
  }

  /** Says that it leaves, as a page does that is closed. */
  void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  /** Is gone. */
  void abort() {
    socket.abort();
  }
}
