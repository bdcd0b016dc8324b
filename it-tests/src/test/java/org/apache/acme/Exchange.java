package org.apache.acme;

/** A task of such a project, which does what its application gave it. */
public final class Exchange implements Runnable {
  private final Runnable processor;

  /** Does {@code processor}. */
  public Exchange(Runnable processor) {
    this.processor = processor;
  }

  @Override
  public void run() {
    processor.run();
  }
}
