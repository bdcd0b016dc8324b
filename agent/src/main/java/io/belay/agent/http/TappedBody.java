package io.belay.agent.http;

import io.belay.boot.Tap;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;

/** A body whose bytes are shown to the tap as the application reads them, and its end. */
final class TappedBody extends ResponseBody {
  private final ResponseBody given;
  private final BufferedSource source;

  TappedBody(ResponseBody given, Tap tap) {
    this.given = given;
    this.source = Okio.buffer(new Tapped(given, tap));
  }

  @Override
  public MediaType contentType() {
    return given.contentType();
  }

  @Override
  public long contentLength() {
    return given.contentLength();
  }

  @Override
  public BufferedSource source() {
    return source;
  }

  /** Reads no further than asked, so the sender feels the application's own pace. */
  private static final class Tapped extends ForwardingSource {
    private final Tap tap;
    private final long length;
    private long seen;

    Tapped(ResponseBody given, Tap tap) {
      super(given.source());
      this.tap = tap;
      this.length = given.contentLength();
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      long before = sink.size();
      long count;
      try {
        count = super.read(sink, byteCount);
      } catch (IOException | RuntimeException e) {
        RuntimeException stopped = tap.stopped();
        tap.done(e);
        if (stopped != null) {
          stopped.addSuppressed(e);
          throw stopped;
        }
        throw e;
      }
      if (count < 0) {
        tap.done(null);
        return count;
      }
      show(sink, before, count);
      seen += count;
      if (seen == length) {
        tap.done(null); // Readers that know the length do not ask for the end.
      }
      return count;
    }

    private void show(Buffer sink, long from, long count) {
      try (Buffer copy = new Buffer()) {
        sink.copyTo(copy, from, count);
        byte[] bytes = copy.readByteArray();
        tap.read(bytes, 0, bytes.length);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        tap.closedEarly();
      }
    }
  }
}
