package io.belay.it.stop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.App;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Script;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Stops that find a run inside a plain call of OkHttp. */
class OkHttpStopIT {
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  /** One blocking call after the other, as many as it is told. */
  static final class Calls implements App {
    private static final OkHttpClient CLIENT =
        new OkHttpClient.Builder().readTimeout(60, TimeUnit.SECONDS).build();

    @Override
    public String run(String... args) throws Exception {
      StringBuilder answers = new StringBuilder();
      for (int i = 0; i < Integer.parseInt(args[1]); i++) {
        Request request = new Request.Builder().url(args[0] + "/call/" + i).build();
        try (okhttp3.Response response = CLIENT.newCall(request).execute()) {
          answers.append(response.body().string());
        }
      }
      return answers.toString();
    }
  }

  /** Tries a refused call again a minute later, from an interceptor and so inside its own call. */
  static final class Retries implements App {
    @Override
    public String run(String... args) throws Exception {
      long pause = Long.parseLong(args[1]);
      OkHttpClient client =
          new OkHttpClient.Builder().addInterceptor(chain -> twice(chain, args[2], pause)).build();
      FutureTask<String> call =
          new FutureTask<>(
              () -> {
                Request request = new Request.Builder().url(args[0] + "/call").build();
                try (okhttp3.Response response = client.newCall(request).execute()) {
                  return response.body().string();
                }
              });
      thread(call).start();
      while (true) {
        try {
          return call.get();
        } catch (ExecutionException failed) {
          throw (Exception) failed.getCause();
        } catch (InterruptedException woken) {
          // This thread waits outside of any call; what becomes of the other one is the question.
        }
      }
    }

    private static okhttp3.Response twice(Interceptor.Chain chain, String key, long pause)
        throws IOException {
      okhttp3.Response first = chain.proceed(chain.request());
      first.close();
      Script.tell(key, "pause");
      try {
        Thread.sleep(pause);
      } catch (InterruptedException woken) {
        throw new InterruptedIOException();
      }
      return chain.proceed(chain.request());
    }

    /** A virtual one where there are any. */
    private static Thread thread(Runnable task) throws ReflectiveOperationException {
      if (Runtime.version().feature() < 21) {
        return new Thread(task);
      }
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      return (Thread)
          Class.forName("java.lang.Thread$Builder")
              .getMethod("unstarted", Runnable.class)
              .invoke(builder, task);
    }
  }

  @Scenario
  void whoSleepsInsideACallIsFreedOnAVirtualThreadToo(Setting setting) {
    String control = Setting.unique("control");
    Work untouched =
        setting.withoutBelay().start(Retries.class, control, provider.url(control), "1", control);
    provider.await(control).answer(503, "text/plain", "later");
    provider.await(control).answer(200, "text/plain", "b");
    assertEquals("b", untouched.result());

    String run = Setting.unique("sleeping");
    Jvm belay = setting.withBelay();
    Work work = belay.start(Retries.class, run, provider.url(run), "600000", run);
    provider.await(run).answer(503, "text/plain", "later");
    belay.awaitMoment(run, "pause");
    belay.stop(run);
    assertEquals("io.belay.api.RunStoppedException", work.thrown().type());
    assertEquals(1, provider.requests(run));
  }

  @Scenario(libraries = {"newest", "okhttp-3.14.9"})
  void aBlockingCallIsAbortedAndTheNextNeverSent(Setting setting) {
    String control = Setting.unique("control");
    Work untouched = setting.withoutBelay().start(Calls.class, control, provider.url(control), "2");
    provider.await(control).answer(200, "text/plain", "a");
    provider.await(control).answer(200, "text/plain", "b");
    assertEquals("ab", untouched.result());

    String run = Setting.unique("blocking");
    Jvm belay = setting.withBelay();
    Work work = belay.start(Calls.class, run, provider.url(run), "2");
    Arrival call = provider.await(run);
    belay.stop(run);
    assertTrue(call.awaitClientLeft());
    assertEquals("io.belay.api.RunStoppedException", work.thrown().type());
    assertEquals(1, provider.requests(run));
  }
}
