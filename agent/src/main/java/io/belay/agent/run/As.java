package io.belay.agent.run;

import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a task looks like to the parameter through which it changes hands. */
public enum As {
  /** {@link Runnable}. */
  RUNNABLE,
  /** {@link Runnable} that waits for something that may never come. */
  LISTENER,
  /** {@link Runnable} that waits for a clock, and may be given up where nobody sees it. */
  LATER,
  /** {@link Callable}. */
  CALLABLE,
  /** {@link Supplier}. */
  SUPPLIER,
  /** {@link Function}. */
  FUNCTION,
  /** {@link BiFunction}. */
  BI_FUNCTION,
  /** {@link Consumer}. */
  CONSUMER,
  /** {@link BiConsumer}. */
  BI_CONSUMER,
  /** An interface of a library's, which may be called from wherever; the declaration names it. */
  CALLBACK
}
