package io.belay.agent.http;

import io.belay.boot.Skip;
import io.belay.boot.Tap;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One command on its way, and whoever waits for its answer: by the future that the method returns,
 * as in Vert.x 4.5, or by the one that it was given, as in 5. They hear of it as their run's.
 */
final class VertxSqlCall extends NamedExchange {
  private final Object connection;
  private final @Nullable Object command;
  private final Object @Nullable [] given;
  private final Promise<Object> ours = Promise.promise();

  /** Whom Vert.x 5 would tell. */
  private final @Nullable Object waits;

  private final AtomicBoolean told = new AtomicBoolean();
  private boolean asking; // Guarded by this.
  private final List<Runnable> held = new ArrayList<>(1); // Guarded by this.

  VertxSqlCall(Object connection, @Nullable Object command, Object @Nullable [] args, String text) {
    super(text);
    this.connection = connection;
    this.command = command;
    this.given = args == null ? null : args.clone();
    if (args != null && command != null && args.length == 2 && args[0] == command) {
      this.waits = args[1];
      args[1] = ours;
      ours.future().onComplete(this::answered);
    } else {
      this.waits = null;
    }
  }

  @Override
  public Object subject() {
    return connection;
  }

  @Override
  public boolean async() {
    return true;
  }

  @Override
  public boolean sends() {
    return false; // No traffic that anybody reads.
  }

  @Override
  @SuppressWarnings("unchecked") // What it answers with is passed on as it is.
  public @Nullable Object returned(@Nullable Object result) {
    if (waits != null || !(result instanceof Future)) {
      return result;
    }
    ((Future<Object>) result).onComplete(this::answered);
    return ours.future();
  }

  private void answered(AsyncResult<Object> answer) {
    synchronized (this) {
      if (asking) {
        held.add(() -> answered(answer));
        return;
      }
    }
    Tap tap = tap();
    Throwable failure = answer.cause();
    RuntimeException stopped = failure == null || tap == null ? null : tap.stopped();
    if (!tell(answer.result(), stopped == null ? failure : stopped) && command == null) {
      VertxSqlCancel.giveBack(answer.result());
    }
  }

  /** Ends it and tells whoever waits, once; answers whether this was it. */
  private boolean tell(@Nullable Object result, @Nullable Throwable failure) {
    if (!told.compareAndSet(false, true)) {
      return false;
    }
    Tap tap = tap();
    if (tap == null) {
      hand(result, failure);
      return true;
    }
    tap.done(failure);
    Object resumed = tap.resume();
    try {
      hand(result, failure);
    } finally {
      tap.pause(resumed);
    }
    return true;
  }

  private void hand(@Nullable Object result, @Nullable Throwable failure) {
    if (waits != null) {
      complete(waits, result, failure);
    } else if (failure == null) {
      ours.tryComplete(result);
    } else {
      ours.tryFail(failure);
    }
  }

  /** Vert.x 5 has an interface for this that 4.5 has not. */
  private static void complete(Object waits, @Nullable Object result, @Nullable Throwable failure) {
    try {
      Class<?> type =
          Class.forName("io.vertx.core.Completable", false, Promise.class.getClassLoader());
      type.getMethod("complete", Object.class, Throwable.class).invoke(waits, result, failure);
    } catch (ReflectiveOperationException other) {
      throw new LinkageError("no way to tell " + waits.getClass(), other);
    }
  }

  /** What would be committed is rolled back first; the refusal comes when that is done. */
  @Override
  public Skip refused(RuntimeException why) {
    if (tap() == null || command == null) {
      tell(null, why);
    } else {
      rollBack().onComplete(over -> tell(null, why));
    }
    return new Skip(waits == null ? ours.future() : null);
  }

  private Future<?> rollBack() {
    try {
      Object[] args = Objects.requireNonNull(given).clone();
      args[Arrays.asList(args).indexOf(command)] =
          VertxCommand.rollBack(Objects.requireNonNull(command));
      Promise<Object> over = Promise.promise();
      if (waits != null) {
        args[1] = over;
      }
      for (Method method : connection.getClass().getMethods()) {
        if (method.getName().equals("schedule")
            && method.getParameterCount() == 2
            && method.getParameterTypes()[0].isInstance(args[0])
            && method.getParameterTypes()[1].isInstance(args[1])) {
          Object later = method.invoke(connection, args);
          return later instanceof Future<?> future ? future : over.future();
        }
      }
      throw new NoSuchMethodException("schedule");
    } catch (ReflectiveOperationException other) {
      throw new LinkageError("no way to roll back", other);
    }
  }

  /**
   * The server is asked to end the statement, where that is known how; the answer comes then. Else
   * it is left, and who waits hears of the stop.
   */
  @Override
  public void abort() {
    synchronized (this) {
      asking = command != null;
    }
    boolean ends = command != null && VertxSqlCancel.ask(connection);
    List<Runnable> due;
    synchronized (this) {
      asking = false;
      due = List.copyOf(held);
      held.clear();
    }
    due.forEach(Runnable::run);
    Tap tap = tap();
    RuntimeException stopped = ends || tap == null ? null : tap.stopped();
    if (stopped != null) {
      tell(null, stopped);
    }
  }
}
