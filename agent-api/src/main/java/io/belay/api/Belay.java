package io.belay.api;

import java.util.concurrent.Callable;

/**
 * The way into Belay for applications that want to say more than the agent sees by itself.
 *
 * <p>Without an agent, work simply runs: {@link #run} and {@link #shield} call it, {@link #current}
 * is a run that nobody can stop, staged writes are done at the end of {@link #run}.
 *
 * <p>All methods may be called by any thread.
 */
public final class Belay {
  private static volatile RunProvider provider = new Detached();

  private Belay() {}

  /** Whether an agent is attached and enforces what is asked for here. */
  public static boolean attached() {
    return !(provider instanceof Detached);
  }

  /**
   * Does {@code work} as a run; inside a run, as its child.
   *
   * @param id its id; see {@link RunOptions#id(String)}
   * @return what {@code work} returns
   * @throws RunStoppedException when the run around it is stopped already; nothing was begun
   * @throws Exception whatever {@code work} throws
   */
  public static <T> T run(String id, Callable<T> work) throws Exception {
    return run(RunOptions.of(id), work);
  }

  /** As {@link #run(String, Callable)}, with limits and a name. */
  public static <T> T run(RunOptions options, Callable<T> work) throws Exception {
    return provider.run(options, work);
  }

  /** The run that the current thread works for; the root when it works for no other. */
  public static Run current() {
    return provider.current();
  }

  /**
   * Does {@code work} whose boundary calls pass although the run is stopped: writing "stopped" to a
   * table, telling a partner. Bounded by {@code belay.shield.timeout}.
   *
   * @return what {@code work} returns
   * @throws Exception whatever {@code work} throws
   */
  public static <T> T shield(Callable<T> work) throws Exception {
    return provider.shield(work);
  }

  /** For the agent: takes over from now on. {@code null} detaches. */
  public static void attach(RunProvider attached) {
    provider = attached == null ? new Detached() : attached;
  }
}
