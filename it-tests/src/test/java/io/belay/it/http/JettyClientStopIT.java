package io.belay.it.http;

import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Jetty's client 12. */
class JettyClientStopIT {
  private static final String OLDEST = "jetty-client-12.0.0";
  private static Provider provider;
  private final Moments moments = new Moments(provider, Client.class);

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  static final class Client extends HttpApp {
    private static final HttpClient CLIENT = started();

    private static HttpClient started() {
      HttpClient client = new HttpClient();
      try {
        client.start();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      return client;
    }

    @Override
    String call(String url) throws Exception {
      return CLIENT.newRequest(url).send().getContentAsString();
    }

    @Override
    InputStream open(String url) throws Exception {
      InputStreamResponseListener listener = new InputStreamResponseListener();
      CLIENT.newRequest(url).send(listener);
      listener.get(1, TimeUnit.MINUTES);
      return listener.getInputStream();
    }

    @Override
    String later(String url) {
      CompletableFuture<String> body = new CompletableFuture<>();
      CLIENT
          .newRequest(url)
          .send(
              new BufferingResponseListener() {
                @Override
                public void onComplete(Result result) {
                  if (result.isFailed()) {
                    body.completeExceptionally(result.getFailure());
                  } else {
                    body.complete(getContentAsString());
                  }
                }
              });
      return Later.of(body);
    }
  }

  @Scenario(libraries = {"newest", OLDEST})
  void aCallAfterTheStopIsNotSent(Setting setting) {
    moments.beforeACall(setting);
  }

  @Scenario(libraries = {"newest", OLDEST})
  void aBlockingCallThatWaitsIsAborted(Setting setting) {
    moments.whileNothingArrives(setting, "call");
  }

  @Scenario(libraries = {"newest", OLDEST})
  void aListenerThatWaitsIsTold(Setting setting) {
    moments.whileNothingArrives(setting, "later");
  }

  @Scenario(libraries = {"newest", OLDEST})
  void aStreamThatStallsIsAborted(Setting setting) {
    moments.whileTheBodyStalls(setting);
  }

  @Scenario(libraries = {"newest", OLDEST})
  void aStreamThatFlowsIsAborted(Setting setting) {
    moments.whileChunksArrive(setting);
  }
}
