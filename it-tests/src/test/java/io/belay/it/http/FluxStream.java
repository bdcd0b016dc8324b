package io.belay.it.http;

import java.io.InputStream;
import java.util.Iterator;
import reactor.core.publisher.Flux;

/** A Flux as a blocking stream, one element ahead. */
final class FluxStream extends InputStream {
  private final Iterator<byte[]> pieces;
  private byte[] piece = new byte[0];
  private int next;

  private FluxStream(Iterator<byte[]> pieces) {
    this.pieces = pieces;
  }

  static InputStream of(Flux<byte[]> flux) {
    return new FluxStream(flux.toIterable(1).iterator());
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int count) {
    while (next == piece.length) {
      if (!pieces.hasNext()) {
        return -1;
      }
      piece = pieces.next();
      next = 0;
    }
    int given = Math.min(count, piece.length - next);
    System.arraycopy(piece, next, into, offset, given);
    next += given;
    return given;
  }
}
