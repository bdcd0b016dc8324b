package io.belay.it.harness;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Something that was started in a forked JVM. */
public final class Work {
  /**
   * What it ended with.
   *
   * @param causes type and message of the exception, then of its causes
   * @param stack its frames, the newest first
   */
  public record Thrown(List<String> causes, List<String> stack) {
    /** The class of the exception. */
    public String type() {
      return causes.get(0).replaceFirst(":.*", "");
    }

    /** Whether it or one of its causes is of that class. */
    public boolean has(String type) {
      return causes.stream().anyMatch(cause -> cause.startsWith(type + ":"));
    }
  }

  private static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;
    final transient Thrown thrown;

    Failure(Thrown thrown) {
      super(thrown + "");
      this.thrown = thrown;
    }
  }

  /** The last that threw, for the message of a wait that was in vain. */
  private static volatile String lastFailure = "nothing has thrown";

  private final String what;
  private final CompletableFuture<String> outcome = new CompletableFuture<>();

  Work(String what) {
    this.what = what;
  }

  /** Whether it has returned or thrown. */
  public boolean isDone() {
    return outcome.isDone();
  }

  /** What it returned; fails when it threw, or is not done in time. */
  public String result() {
    return resultWithin(Await.DEADLINE);
  }

  /** The same for something that takes its time. */
  public String resultWithin(Duration limit) {
    try {
      return outcome.get(limit.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(what + " threw " + e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new AssertionError(what + " does not end", e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What it threw; fails when it returned, or is not done in time. */
  public Thrown thrown() {
    try {
      String result = outcome.get(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS);
      throw new AssertionError(what + " returned: " + result);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Failure failure) {
        return failure.thrown;
      }
      throw new AssertionError(what, e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError(what + " does not end", e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for its end; answers whether it threw. */
  public boolean fails() {
    try {
      outcome.get(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS);
      return false;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError(what + " does not end", e);
    }
  }

  void done(String result) {
    outcome.complete(result);
  }

  static String lastFailure() {
    return lastFailure;
  }

  void threw(String causes, String stack) {
    lastFailure = what + " threw " + causes + stack;
    outcome.completeExceptionally(
        new Failure(new Thrown(causes.lines().toList(), stack.lines().toList())));
  }

  void lost(String why) {
    outcome.completeExceptionally(new IllegalStateException(why));
  }
}
