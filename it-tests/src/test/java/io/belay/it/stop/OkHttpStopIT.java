package io.belay.it.stop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.App;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import java.util.concurrent.TimeUnit;
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
