package io.belay.agent.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body before it is sent. Whoever was read to the end is sent as what was read,
 * so a publisher that cannot be asked twice is not asked twice.
 */
final class Drain implements Flow.Subscriber<ByteBuffer> {
  /** A larger body is no prompt; reading it would cost the application its memory twice. */
  private static final long LARGEST_READ = 64L << 20;

  /** Publishers of the JDK answer at once; those of frameworks may write on another thread. */
  private static final long PATIENCE_SECONDS = 2;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Flow.@Nullable Subscription subscription;
  private volatile boolean complete;

  private Drain() {}

  /**
   * The whole body; {@code null} when it does not come. Frameworks that encode a value as they send
   * it do not know its length beforehand.
   */
  static byte @Nullable [] of(BodyPublisher publisher) {
    long length = publisher.contentLength();
    if (length > LARGEST_READ) {
      return null;
    }
    Drain drain = new Drain();
    publisher.subscribe(drain);
    return drain.await(length);
  }

  private byte @Nullable [] await(long length) {
    try {
      if (ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)
          && complete
          && (length < 0 || bytes.size() == length)) {
        return bytes.toByteArray();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The client notices it as it always does.
    }
    Flow.Subscription open = subscription;
    if (open != null) {
      open.cancel();
    }
    return null;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(ByteBuffer item) {
    byte[] copy = new byte[item.remaining()];
    item.get(copy);
    if (bytes.size() + copy.length > LARGEST_READ) {
      ended.countDown();
      return;
    }
    bytes.write(copy, 0, copy.length);
  }

  @Override
  public void onError(Throwable failure) {
    ended.countDown(); // The application meets the same error when the request is sent.
  }

  @Override
  public void onComplete() {
    complete = true;
    ended.countDown();
  }
}
