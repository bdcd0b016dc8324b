package io.belay.agent.run;

/** That the current thread is weaving a class: it must not begin with another meanwhile. */
public final class WeavingScope {
  private WeavingScope() {}

  /** Begins; {@code false} when the thread is weaving already. */
  public static boolean enter() {
    Slot slot = Carrier.slot();
    if (slot.weaving) {
      return false;
    }
    slot.weaving = true;
    return true;
  }

  /** Ends. */
  public static void leave() {
    Carrier.slot().weaving = false;
  }
}
