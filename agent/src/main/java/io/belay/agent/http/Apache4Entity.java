package io.belay.agent.http;

import io.belay.boot.Tap;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/** An answer's body whose bytes pass the tap. */
final class Apache4Entity extends HttpEntityWrapper {
  private final Tap tap;
  private final HttpEntity given;
  private volatile @Nullable BodyStream content;

  Apache4Entity(HttpEntity given, Tap tap) {
    super(given);
    this.given = given;
    this.tap = tap;
    tap.reader(this);
  }

  @Override
  public InputStream getContent() throws IOException {
    BodyStream known = content;
    if (known == null) {
      known =
          BodyStream.tapped(super.getContent(), tap, getContentLength(), BodyStream.Rest.ALL, this);
      content = known;
    }
    return known;
  }

  /**
   * Counts what has come and nobody took, by its size alone: the application may be reading it.
   *
   * @return whether nobody is reading, who would be told of an abort
   */
  boolean giveUp() {
    if (tap.counts() && !tap.isOver()) {
      new ApacheBacklog(tap).tell(given, tap);
    }
    BodyStream reading = content;
    return reading == null || !reading.isRead();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (InputStream in = getContent()) {
      in.transferTo(out);
    }
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }
}
