package io.belay.agent.http;

import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import io.belay.boot.Tap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An SDK's pause before it tries again, as a future that a timer completes. Nothing is sent, but a
 * stop must end it: whoever waits for the answer waits for this.
 */
public final class PauseAdapter extends Adapter {
  @Override
  public Exchange open(Object self, Object[] args) {
    return new Pause();
  }

  private static final class Pause extends NamedExchange {
    private volatile @Nullable CompletableFuture<?> future;
    private volatile boolean aborted;

    Pause() {
      super("before the next attempt");
    }

    @Override
    public String method() {
      return "WAIT";
    }

    @Override
    public boolean async() {
      return true;
    }

    @Override
    public Object returned(Object result) {
      CompletableFuture<?> pause = (CompletableFuture<?>) result;
      future = pause;
      Tap here = tap();
      if (aborted && here != null) {
        Told.atOnce(pause, here);
      }
      var unused =
          pause.whenComplete(
              (nothing, failure) -> {
                Tap tap = tap();
                if (tap != null) {
                  tap.done(failure);
                }
              });
      return result;
    }

    @Override
    public void abort() {
      aborted = true;
      CompletableFuture<?> pause = future;
      Tap tap = tap();
      if (pause != null && tap != null) {
        Told.later(pause, tap);
      }
    }
  }
}
