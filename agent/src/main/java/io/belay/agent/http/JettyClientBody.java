package io.belay.agent.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * Takes in a body that the application writes while the client would send it. Whoever writes the
 * last of it sends the call, so nobody waits and no thread is needed. A larger body than a prompt
 * can be is sent as it is: what was taken in first.
 */
final class JettyClientBody {
  private final Request.Content content;
  private final long most;
  private final JettyClientExchange exchange;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  JettyClientBody(Request.Content content, long most, JettyClientExchange exchange) {
    this.content = content;
    this.most = most;
    this.exchange = exchange;
  }

  /** The whole of one that is in memory and can be read again; it is left to be. */
  static byte @Nullable [] read(Request.Content content) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    boolean whole = false;
    for (Content.Chunk chunk = content.read();
        chunk != null && !Content.Chunk.isFailure(chunk);
        chunk = whole ? null : content.read()) {
      add(chunk, all);
      whole = chunk.isLast();
      chunk.release();
    }
    return content.rewind() && whole ? all.toByteArray() : null;
  }

  private static void add(Content.Chunk chunk, ByteArrayOutputStream to) {
    ByteBuffer buffer = chunk.getByteBuffer().slice();
    byte[] some = new byte[buffer.remaining()];
    buffer.get(some);
    to.write(some, 0, some.length);
  }

  /** Takes in what is there, and goes on when there is more. */
  void gather() {
    for (; ; ) {
      Content.Chunk chunk = content.read();
      if (chunk == null) {
        content.demand(this::gather);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        exchange.fail(chunk.getFailure());
        return;
      }
      add(chunk, bytes);
      boolean last = chunk.isLast();
      chunk.release();
      if (last) {
        exchange.send(new BytesRequestContent(content.getContentType(), bytes.toByteArray()));
        return;
      }
      if (bytes.size() > most) {
        exchange.send(new Rest(content, ByteBuffer.wrap(bytes.toByteArray())));
        return;
      }
    }
  }

  /** What was taken in, and then the rest as it is written. */
  static final class Rest implements Request.Content {
    private final Request.Content content;
    private @Nullable ByteBuffer first;

    Rest(Request.Content content, ByteBuffer first) {
      this.content = content;
      this.first = first;
    }

    @Override
    public @Nullable String getContentType() {
      return content.getContentType();
    }

    @Override
    public Content.@Nullable Chunk read() {
      ByteBuffer next = first;
      first = null;
      return next == null ? content.read() : Content.Chunk.from(next, false);
    }

    @Override
    public void demand(Runnable callback) {
      content.demand(callback);
    }

    @Override
    public void fail(Throwable failure) {
      content.fail(failure);
    }
  }
}
