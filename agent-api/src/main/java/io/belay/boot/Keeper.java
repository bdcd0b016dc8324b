package io.belay.boot;

/**
 * Decides what {@link Gate} is asked. The agent has one; it is an abstract class and not an
 * interface, because the JIT proves a single subclass and then inlines its methods into woven code.
 *
 * <p>Every method may be called by any thread, also inside class initialisers and inside the JDK.
 * None lets a fault of its own out: what they throw is meant for the application.
 */
public abstract class Keeper {
  /** See {@link Gate#enter}. */
  public abstract Object enter(int site, Object self, Object[] args);

  /** See {@link Gate#exit}. */
  public abstract Object exit(Object ticket, Object result, Throwable thrown);

  /** See {@link Gate#check}. */
  public abstract void check(int site, Object self);

  /** See {@link Gate#carry}. */
  public abstract Object carry(int site, Object self, Object task);

  /** See {@link Gate#opened}. */
  public abstract void opened(int site, Object self, Object made);
}
