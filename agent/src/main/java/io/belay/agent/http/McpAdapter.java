package io.belay.agent.http;

import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import io.belay.boot.Tap;
import io.modelcontextprotocol.spec.McpClientSession;
import io.modelcontextprotocol.spec.McpSchema;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * A tool's call by the MCP client of the official SDK, whatever it travels on. A stop tells the
 * server with {@code notifications/cancelled}, which the SDK itself never sends, and whoever waits
 * for the answer that there will be none.
 */
public final class McpAdapter extends Adapter {
  private static final String CALL = "tools/call";
  private static final String CANCELLED = "notifications/cancelled";

  @Override
  public @Nullable Exchange open(Object self, Object[] args) {
    return CALL.equals(args[0]) && self instanceof McpClientSession session
        ? new Call(session, args[1])
        : null;
  }

  private static final class Call extends NamedExchange {
    private final McpClientSession session;
    private volatile boolean aborted;

    Call(McpClientSession session, Object request) {
      super(request instanceof McpSchema.CallToolRequest named ? named.name() : CALL);
      this.session = session;
    }

    @Override
    public boolean async() {
      return true;
    }

    @Override
    public Object returned(Object result) {
      Mono<Object> told =
          Mono.<Object>defer(() -> aborted ? Mono.error(why()) : (Mono<?>) result)
              .contextWrite(context -> context.put(this, CALL))
              .doOnError(this::done)
              .doOnCancel(() -> done(new CancellationException()))
              .doOnSuccess(answer -> done(null));
      Tap tap = tap();
      return tap == null
          ? told
          : Mono.fromDirect(
              subscriber ->
                  told.subscribe(new AsRun<>(Operators.toCoreSubscriber(subscriber), tap)));
    }

    /** What hangs on the answer is its run's, on whichever thread of the transport's it comes. */
    private static final class AsRun<T> implements CoreSubscriber<T> {
      private final CoreSubscriber<? super T> given;
      private final Tap tap;

      AsRun(CoreSubscriber<? super T> given, Tap tap) {
        this.given = given;
        this.tap = tap;
      }

      @Override
      public Context currentContext() {
        return given.currentContext();
      }

      @Override
      public void onSubscribe(Subscription subscription) {
        given.onSubscribe(subscription);
      }

      @Override
      public void onNext(T answer) {
        told(() -> given.onNext(answer));
      }

      @Override
      public void onError(Throwable failure) {
        told(() -> given.onError(failure));
      }

      @Override
      public void onComplete() {
        told(given::onComplete);
      }

      private void told(Runnable signal) {
        Object resumed = tap.resume();
        try {
          signal.run();
        } finally {
          tap.pause(resumed);
        }
      }
    }

    private void done(@Nullable Throwable failure) {
      Tap tap = tap();
      if (tap != null) {
        tap.done(failure);
      }
    }

    private RuntimeException why() {
      Tap tap = tap();
      RuntimeException why = tap == null ? null : tap.stopped();
      return why == null ? new CancellationException() : why;
    }

    @Override
    public void abort() {
      aborted = true;
      Map<?, ?> pending = pending();
      for (Map.Entry<?, ?> waiting : pending.entrySet()) {
        if (waiting.getValue() instanceof MonoSink<?> sink && sink.contextView().hasKey(this)) {
          pending.remove(waiting.getKey(), sink);
          tell(waiting.getKey());
          RuntimeException why = why();
          // What hangs on the answer is the application's, and none of this thread's business.
          Schedulers.parallel().schedule(() -> sink.error(why));
          return;
        }
      }
    }

    /** The requests that are not answered, by id: the session keeps them to itself. */
    private Map<?, ?> pending() {
      try {
        Field field = McpClientSession.class.getDeclaredField("pendingResponses");
        field.setAccessible(true);
        return (Map<?, ?>) field.get(session);
      } catch (ReflectiveOperationException otherVersion) {
        throw new IllegalStateException(otherVersion);
      }
    }

    private void tell(Object id) {
      session
          .sendNotification(CANCELLED, Map.of("requestId", id, "reason", why().getMessage()))
          .subscribe(nothing -> {}, unreachable -> {});
    }
  }
}
