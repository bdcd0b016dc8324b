package io.belay.agent.http;

import io.belay.boot.Tap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a statement is in flight: from the subscription to it until all is over that was begun
 * of what it answered. Some drivers answer before they send anything, and send it when somebody
 * reads.
 *
 * <p>A result holds it while it is handed on; who subscribes to the result meanwhile takes its
 * place.
 */
final class R2dbcSpan {
  private final List<Object> parts = new ArrayList<>(2); // Guarded by this.
  private boolean closed; // Guarded by this.
  private @Nullable Throwable failure; // Guarded by this; the first one.

  /** It begins with the subscription to the statement. */
  R2dbcSpan(Object first) {
    parts.add(first);
  }

  /** Holds it, unless it is over or being ended. */
  synchronized boolean join(Object part) {
    if (closed) {
      return false;
    }
    parts.add(part);
    return true;
  }

  /** The same for a subscription to {@code result}, whose place it takes. */
  synchronized boolean join(Object part, Object result) {
    if (!join(part)) {
      return false;
    }
    forgets(result);
    return true;
  }

  /** Nothing more may join. */
  synchronized void close() {
    closed = true;
  }

  /** The subscriptions that are not over. */
  synchronized List<R2dbcCall<?>> open() {
    List<R2dbcCall<?>> open = new ArrayList<>(parts.size());
    for (Object part : parts) {
      if (part instanceof R2dbcCall<?> call) {
        open.add(call);
      }
    }
    return open;
  }

  /** A part is over; the last one ends the call that {@code tap} tells of. */
  void leave(Object part, @Nullable Throwable why, @Nullable Tap tap) {
    Throwable first;
    synchronized (this) {
      if (!forgets(part)) {
        return;
      }
      failure = failure == null ? why : failure;
      if (!parts.isEmpty()) {
        return;
      }
      closed = true;
      first = failure;
    }
    if (tap != null) {
      tap.done(first);
    }
  }

  private boolean forgets(Object part) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) == part) {
        parts.remove(i);
        return true;
      }
    }
    return false;
  }
}
