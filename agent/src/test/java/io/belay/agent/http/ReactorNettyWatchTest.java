package io.belay.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.belay.boot.Tap;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;

/** An abort that comes before the client has given a subscription ends the call all the same. */
class ReactorNettyWatchTest {
  private final List<String> told = new ArrayList<>();

  @Test
  void whatIsAbortedBeforeItIsSubscribedToIsOver() {
    Subscriber given = new Subscriber();
    ReactorNettyExchange exchange =
        new ReactorNettyExchange(HttpClient.create().configuration(), given);
    exchange.tap(tap());
    exchange.watch().fail(new IllegalStateException("stopped"));
    assertEquals(List.of(), told);
    exchange.watch().onSubscribe(new Source());
    assertEquals(List.of("cancelled", "done: stopped", "error: stopped"), told);
  }

  private Tap tap() {
    return (Tap)
        Proxy.newProxyInstance(
            Tap.class.getClassLoader(),
            new Class<?>[] {Tap.class},
            (proxy, method, args) -> {
              if (method.getName().equals("done")) {
                told.add("done: " + ((Throwable) args[0]).getMessage());
              }
              return null;
            });
  }

  private final class Source implements Subscription {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {
      told.add("cancelled");
    }
  }

  private final class Subscriber extends BaseSubscriber<Connection> {
    @Override
    protected void hookOnError(Throwable failure) {
      told.add("error: " + failure.getMessage());
    }
  }
}
