package io.belay.agent.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Bounds what has no time-out of its own: a JVM that is suspended answers nothing, for ever.
 *
 * @param stillWaits told once when an answer takes longer than people expect
 */
record Patience(int millis, Runnable stillWaits) {
  static final String USUAL_SECONDS = "5";

  /** Classes are woven meanwhile, in a JVM that may be busy. */
  static final String SECONDS_TO_ATTACH = "30";

  private static final int EXPECTED_MILLIS = 5_000;

  Patience telling(Runnable waits) {
    return new Patience(millis, waits);
  }

  /** As it is given on the command line, in seconds. */
  static Patience of(Help.Command command, String option, String seconds) {
    try {
      double given = Double.parseDouble(seconds);
      if (given > 0 && given <= 3600) {
        return new Patience((int) (given * 1000), () -> {});
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw command.misused(option + " takes seconds, and not '" + seconds + "'");
  }

  /** Answers what {@code call} does, or fails with {@code lost} when it takes too long. */
  <T> T of(Callable<T> call, Failure lost) throws Exception {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "belay-cli");
    thread.setDaemon(true);
    thread.start();
    try {
      return get(task);
    } catch (TimeoutException e) {
      throw lost;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  private <T> T get(FutureTask<T> task)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (millis > EXPECTED_MILLIS) {
      try {
        return task.get(EXPECTED_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException slow) {
        stillWaits.run();
        return task.get(millis - EXPECTED_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
    return task.get(millis, TimeUnit.MILLISECONDS);
  }
}
