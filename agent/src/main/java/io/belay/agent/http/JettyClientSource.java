package io.belay.agent.http;

import io.belay.boot.Tap;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** An answer's body whose bytes pass the tap as they are asked for. */
final class JettyClientSource implements Content.Source {
  private static final byte[] NOTHING = new byte[0];

  private final Content.Source given;
  private final JettyClientExchange exchange;
  private final Tap tap;
  private final boolean filters;

  JettyClientSource(Content.Source given, JettyClientExchange exchange, Tap tap) {
    this.given = given;
    this.exchange = exchange;
    this.tap = tap;
    this.filters = tap.filters();
  }

  @Override
  public long getLength() {
    return filters ? -1 : given.getLength();
  }

  @Override
  public Content.@Nullable Chunk read() {
    for (; ; ) {
      Content.Chunk chunk = given.read();
      if (chunk == null || Content.Chunk.isFailure(chunk)) {
        return chunk;
      }
      Content.Chunk shown = filters ? filtered(chunk) : chunk;
      if (!filters && chunk.hasRemaining()) {
        tap.read(chunk.getByteBuffer());
      }
      if (shown != null) {
        return shown;
      }
    }
  }

  /** What is left of it; {@code null} for nothing yet. */
  private Content.@Nullable Chunk filtered(Content.Chunk chunk) {
    ByteBuffer buffer = chunk.getByteBuffer().slice();
    byte[] came = new byte[buffer.remaining()];
    buffer.get(came);
    boolean last = chunk.isLast();
    chunk.release();
    byte[] left = came.length == 0 ? NOTHING : tap.filter(came, 0, came.length);
    byte[] held = last ? tap.filter(null, 0, 0) : NOTHING;
    if (left.length + held.length == 0) {
      return last ? Content.Chunk.EOF : null;
    }
    ByteBuffer kept = ByteBuffer.allocate(left.length + held.length);
    kept.put(left).put(held).flip();
    return Content.Chunk.from(kept, last);
  }

  @Override
  public void demand(Runnable callback) {
    given.demand(
        () -> {
          Object resumed = tap.resume();
          try {
            callback.run();
          } finally {
            tap.pause(resumed);
          }
        });
  }

  @Override
  public void fail(Throwable failure) {
    exchange.giveUp(false);
    given.fail(failure);
  }

  @Override
  public void fail(Throwable failure, boolean last) {
    exchange.giveUp(false);
    given.fail(failure, last);
  }
}
