package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.ref.WeakReference;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A future that is never over must not collect what it was given and was to forget. */
class ListenersTest {
  private final Listeners listeners = new Listeners();
  private final Object future = new Object();
  private final Run run = new Bench().run("jvm");

  private int known() {
    return Objects.requireNonNull(listeners.byFuture.get(future)).size();
  }

  @Test
  void eachIsItsRegistrantsOnce() {
    Object listener = new Object();
    listeners.add(future, listener, run, null);
    assertSame(run, Objects.requireNonNull(listeners.take(future, listener)).run());
    assertNull(listeners.take(future, listener));
    assertEquals(0, known());
  }

  @Test
  void thoseThatAreNoMoreAreForgotten() throws InterruptedException {
    Object kept = new Object();
    listeners.add(future, kept, run, null);
    for (int i = 0; i < 100; i++) {
      listeners.add(future, new Object(), run, null);
    }
    WeakReference<Object> canary = new WeakReference<>(new Object());
    while (!canary.refersTo(null)) {
      System.gc();
      Thread.onSpinWait();
    }
    listeners.add(future, new Object(), run, null);
    assertEquals(2, known());
    assertNotNull(listeners.take(future, kept));
  }
}
