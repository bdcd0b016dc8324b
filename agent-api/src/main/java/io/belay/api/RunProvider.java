package io.belay.api;

import java.util.concurrent.Callable;

/** What an attached agent does for {@link Belay}. Implemented by the agent, not by applications. */
public interface RunProvider {
  /** See {@link Belay#run(RunOptions, Callable)}. */
  <T> T run(RunOptions options, Callable<T> work) throws Exception;

  /** See {@link Belay#shield}. */
  <T> T shield(Callable<T> work) throws Exception;

  /** See {@link Belay#current}. */
  Run current();
}
