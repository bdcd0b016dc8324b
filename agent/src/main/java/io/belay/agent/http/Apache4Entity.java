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
  private @Nullable InputStream content;

  Apache4Entity(HttpEntity given, Tap tap) {
    super(given);
    this.tap = tap;
    tap.reader(this);
  }

  @Override
  public InputStream getContent() throws IOException {
    if (content == null) {
      content =
          BodyStream.tapped(super.getContent(), tap, getContentLength(), BodyStream.Rest.ALL, this);
    }
    return content;
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
