package io.belay.agent.run;

import io.belay.boot.Tap;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Hands signals on as those of a run, for what is neither refused nor counted. */
final class Continuation implements Tap {
  private final Run run;
  private final @Nullable Shield shield;

  Continuation(Run run, @Nullable Shield shield) {
    this.run = run;
    this.shield = shield;
  }

  @Override
  public Object resume() {
    return Carried.Callback.begin(run.live(), shield);
  }

  @Override
  public void pause(Object resumed) {
    ((Carried.Callback) resumed).end();
  }

  @Override
  public void answered(
      int status, @Nullable String contentType, @Nullable String contentEncoding) {}

  @Override
  public void read(byte[] bytes, int offset, int length) {}

  @Override
  public void read(ByteBuffer bytes) {}

  @Override
  public void done(@Nullable Throwable failure) {}

  @Override
  public boolean isOver() {
    return true;
  }

  @Override
  public void closedEarly() {}

  @Override
  public void reader(Object body) {}

  @Override
  public @Nullable RuntimeException stopped() {
    return null;
  }

  @Override
  public boolean filters() {
    return false;
  }

  @Override
  public byte[] filter(byte @Nullable [] bytes, int offset, int length) {
    throw new IllegalStateException("filters nothing");
  }
}
