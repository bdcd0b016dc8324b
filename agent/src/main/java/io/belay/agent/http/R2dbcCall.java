package io.belay.agent.http;

import io.belay.boot.Gate;
import io.belay.boot.Skip;
import io.belay.boot.Tap;
import io.r2dbc.spi.Batch;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * One subscription to what an R2DBC driver answers with, and the application's subscriber to it.
 * Every signal is handed on as its run's, whichever thread of the driver's it comes on.
 *
 * <p>An abort comes from another thread, and a subscriber must hear one thing at a time: whoever is
 * in a signal delivers the abort when it is done.
 */
final class R2dbcCall<T> extends NamedExchange implements CoreSubscriber<T>, Subscription {
  private static final int FREE = 0;
  private static final int BUSY = 1;
  private static final int ABORT_PENDING = 2;
  private static final int ENDED = 3;

  private final Object subject;
  private final int site;
  private final CoreSubscriber<? super T> given;

  /** Busy until the application's subscriber has its subscription. */
  private final AtomicInteger state = new AtomicInteger(BUSY);

  /** Of which statement a result is; the call is over when nobody else has it. */
  private record Made(Object statement, String text, WeakReference<R2dbcCall<?>> call) {}

  private static final Map<Result, Made> RESULTS = Collections.synchronizedMap(new WeakHashMap<>());

  /** The call that this one is part of, as reading a result is of its statement's; mostly this. */
  private final R2dbcCall<?> whole;

  /** Of a statement. */
  private final @Nullable R2dbcSpan span;

  private final boolean part;
  private final R2dbcCancel cancel;
  private volatile @Nullable Object connection;
  private volatile @Nullable Subscription upstream;
  private volatile boolean aborted;
  private boolean answered; // Of the thread that signals.

  private R2dbcCall(Object subject, String text, int site, CoreSubscriber<? super T> given) {
    super(text);
    this.subject = subject;
    this.site = site;
    this.given = given;
    this.part = subject instanceof Result;
    this.whole = this;
    this.span =
        subject instanceof Statement || subject instanceof Batch ? new R2dbcSpan(this) : null;
    this.cancel = new R2dbcCancel();
  }

  private R2dbcCall(R2dbcCall<?> whole, int site, CoreSubscriber<? super T> given) {
    super(whole.url());
    this.subject = whole.subject;
    this.site = site;
    this.given = given;
    this.part = true;
    this.whole = whole;
    this.span = whole.span;
    this.cancel = whole.cancel;
  }

  /** What asks is the statement, if {@code subject} is a result that is read when that is over. */
  private static <T> R2dbcCall<T> of(
      Object subject, String text, int site, CoreSubscriber<? super T> given) {
    Made made = subject instanceof Result result ? RESULTS.get(result) : null;
    if (made == null) {
      return new R2dbcCall<>(subject, text, site, given);
    }
    R2dbcCall<?> statement = made.call().get();
    if (statement != null && statement.span != null) {
      R2dbcCall<T> reading = new R2dbcCall<>(statement, site, given);
      if (statement.span.join(reading, subject)) {
        return reading;
      }
    }
    return new R2dbcCall<>(made.statement(), made.text(), site, given);
  }

  /** {@code derived} is read instead of {@code result}. */
  static void derived(Result result, Result derived) {
    Made made = RESULTS.get(result);
    if (made != null) {
      RESULTS.put(derived, made);
    }
  }

  static <T> void subscribe(
      Publisher<T> source,
      Object subject,
      String text,
      int site,
      Subscriber<? super T> subscriber) {
    CoreSubscriber<? super T> given = Operators.toCoreSubscriber(subscriber);
    if (R2dbcCancel.isOurs(given.currentContext())) {
      source.subscribe(given);
      return;
    }
    R2dbcCall<T> call = of(subject, text, site, given);
    Tap tap;
    try {
      Object ticket = Gate.enter(site, call.subject, new Object[] {call});
      if (ticket instanceof Skip) {
        return;
      }
      if (ticket != null && call.tap() == null) { // A region, in which nobody is asked.
        try {
          source.subscribe(given);
        } finally {
          Gate.exit(ticket, null, null);
        }
        return;
      }
      tap = call.tap() == null ? call.whole.tap() : call.tap();
      if (tap != null && call.tap() == null) {
        call.tap(tap);
      }
      if (tap != null && !call.part) {
        tap.leaving();
      }
    } catch (RuntimeException refused) {
      call.done(refused);
      Operators.error(given, refused);
      return;
    }
    source.subscribe(tap == null ? given : call);
  }

  @Override
  public Object subject() {
    return subject;
  }

  @Override
  public boolean isPart() {
    return part;
  }

  @Override
  public void through(Object knownConnection) {
    connection = knownConnection;
  }

  @Override
  public boolean autoCommits() {
    try {
      return !(connection instanceof Connection known) || known.isAutoCommit();
    } catch (RuntimeException closed) {
      return true;
    }
  }

  @Override
  public boolean async() {
    return true;
  }

  @Override
  public boolean sends() {
    return false; // No traffic that anybody reads.
  }

  /** What would be committed is rolled back first; the refusal comes when that is done. */
  @Override
  public Skip refused(RuntimeException why) {
    if (tap() != null && subject instanceof Connection connection) {
      Mono.from(connection.rollbackTransaction())
          .onErrorResume(failure -> Mono.empty())
          .doFinally(end -> signal(() -> Operators.error(given, why)))
          .subscribe();
    } else {
      Operators.error(given, why);
    }
    return new Skip(null);
  }

  @Override
  public Context currentContext() {
    return given.currentContext();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    upstream = subscription;
    signal(() -> given.onSubscribe(this));
    free();
    if (aborted) {
      subscription.cancel();
      fail();
    }
  }

  @Override
  public void onNext(T item) {
    boolean outermost = state.compareAndSet(FREE, BUSY);
    if (!outermost && state.get() == ENDED) {
      Operators.onNextDropped(item, currentContext());
      return;
    }
    if (!answered) {
      answered = true;
      Gate.opened(site, subject, item);
    }
    boolean holds = item instanceof Result && span != null && span.join(item);
    if (item instanceof Connection made && subject instanceof ConnectionFactory factory) {
      R2dbcCancel.opened(made, factory);
    }
    if (item instanceof Result result) {
      RESULTS.put(result, new Made(subject, url(), new WeakReference<>(this)));
    }
    signal(() -> given.onNext(item));
    if (holds && span != null) {
      span.leave(item, null, whole.tap());
    }
    if (outermost) {
      free();
    }
  }

  @Override
  public void onError(Throwable failure) {
    cancel.afterwards(() -> failed(failure));
  }

  private void failed(Throwable failure) {
    if (state.getAndSet(ENDED) != ENDED) {
      Tap tap = whole.tap();
      RuntimeException stopped = tap == null ? null : tap.stopped();
      done(failure);
      signal(() -> given.onError(stopped == null ? failure : stopped));
    } else if (!aborted) {
      Operators.onErrorDropped(failure, currentContext());
    }
  }

  @Override
  public void onComplete() {
    cancel.afterwards(this::completed);
  }

  private void completed() {
    if (state.getAndSet(ENDED) != ENDED) {
      done(null);
      signal(given::onComplete);
    }
  }

  @Override
  public void request(long n) {
    Subscription source = upstream;
    if (source != null) {
      source.request(n);
    }
  }

  /** Those that want one answer cancel when they have it: then nothing failed. */
  @Override
  public void cancel() {
    Subscription source = upstream;
    if (source != null) {
      source.cancel();
    }
    if (state.getAndSet(ENDED) != ENDED) {
      done(answered && !aborted ? null : new CancellationException());
    }
  }

  /**
   * The server is asked to end the statement, where the driver can do that; what the driver says
   * meanwhile waits for it, so that whatever the application does next is not hit.
   */
  @Override
  public void abort() {
    aborted = true;
    if (span != null) {
      span.close();
    }
    if (upstream != null && !cancel.ask(connection, this::leaveAll)) {
      leaveAll();
    }
  }

  private void leaveAll() {
    for (R2dbcCall<?> open : span == null ? List.of(this) : span.open()) {
      open.leave();
    }
  }

  private void leave() {
    aborted = true;
    Subscription source = upstream;
    if (source != null) {
      source.cancel();
      // What hangs on the answer is the application's, and none of this thread's business.
      Schedulers.parallel().schedule(this::fail);
    }
  }

  private void fail() {
    for (int seen = state.get(); seen == FREE || seen == BUSY; seen = state.get()) {
      if (seen == BUSY && state.compareAndSet(BUSY, ABORT_PENDING)) {
        return;
      }
      if (seen == FREE && state.compareAndSet(FREE, ENDED)) {
        tellStopped();
      }
    }
  }

  private void free() {
    if (!state.compareAndSet(BUSY, FREE) && state.compareAndSet(ABORT_PENDING, ENDED)) {
      tellStopped();
    }
  }

  private void tellStopped() {
    Tap tap = whole.tap();
    RuntimeException stopped = tap == null ? null : tap.stopped();
    RuntimeException why = stopped == null ? new CancellationException("stopped") : stopped;
    done(why);
    signal(() -> given.onError(why));
  }

  private void done(@Nullable Throwable failure) {
    Tap tap = whole.tap();
    if (span != null) {
      span.leave(this, failure, tap);
    } else if (tap != null) {
      tap.done(failure);
    }
  }

  private void signal(Runnable signal) {
    Tap tap = tap();
    Object resumed = tap == null ? null : tap.resume();
    try {
      signal.run();
    } finally {
      if (tap != null && resumed != null) {
        tap.pause(resumed);
      }
    }
  }
}
