package io.belay.agent.http;

import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.internal.http.RequestExecutionContext;
import software.amazon.awssdk.core.internal.http.TransformingAsyncResponseHandler;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.utils.Pair;

/**
 * The AWS SDK for Java 2. A call is decided about, and its body replaced, above retries and before
 * the signature; its context leads each attempt, on whichever thread, back to it.
 */
public final class AwsAdapter extends Adapter {
  @Override
  public Exchange open(Object self, Object[] args) {
    boolean async = self.getClass().getSimpleName().startsWith("Async");
    return new AwsExchange((SdkHttpFullRequest) args[0], (RequestExecutionContext) args[1], async)
        .sentBy(args);
  }

  @Override
  public @Nullable Object handle(Object self, Object @Nullable [] args) {
    if (args != null) {
      for (Object argument : args) {
        if (argument instanceof RequestExecutionContext) {
          return argument;
        }
      }
    }
    return null; // The thread is in the call.
  }

  @Override
  @SuppressWarnings("unchecked") // What the method takes.
  public void sending(Exchange exchange, Object self, Object[] args) {
    if (args.length == 2) {
      ((AwsExchange) exchange).leaves();
    } else if (args.length == 3) {
      args[2] =
          ((AwsExchange) exchange)
              .attempt((TransformingAsyncResponseHandler<Object>) Objects.requireNonNull(args[2]));
    }
  }

  @Override
  @SuppressWarnings("unchecked") // What the method answers.
  public Object answered(Exchange exchange, Object result) {
    AwsExchange call = (AwsExchange) exchange;
    if (result instanceof ExecutableHttpRequest attempt) {
      call.attempt(attempt);
    } else if (result instanceof Pair<?, ?> pair
        && pair.right() instanceof SdkHttpFullResponse response) {
      return Pair.of((SdkHttpFullRequest) pair.left(), call.tapped(response));
    }
    return result;
  }
}
