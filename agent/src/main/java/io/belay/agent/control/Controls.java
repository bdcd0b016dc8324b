package io.belay.agent.control;

import java.util.ArrayList;
import java.util.List;

/** The doors of this JVM, in the order in which they are opened; closed in the reverse one. */
public final class Controls implements Control {
  private final List<Control> all;
  private final List<Control> open = new ArrayList<>(); // Guarded by this.

  /** These doors, in this order. */
  public Controls(List<Control> all) {
    this.all = List.copyOf(all);
  }

  /** Opens all, or none: when one fails, those before it are closed again. */
  @Override
  public synchronized void start() throws ControlException {
    try {
      for (Control control : all) {
        control.start();
        open.add(control);
      }
    } catch (ControlException e) {
      close();
      throw e;
    }
  }

  /** The addresses of those that are open, separated by commas. */
  @Override
  public synchronized String address() {
    return String.join(
        ", ", open.stream().map(Control::address).filter(at -> !at.isEmpty()).toList());
  }

  @Override
  public synchronized void close() {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
    open.clear();
  }
}
