package io.belay.it.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.belay.it.harness.App;
import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What is told of a stop is not stopped with it. */
class WebhookIT {
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  @Scenario
  void aStopOfAllIsToldWhileTheApplicationMayCallNobody(Setting setting) {
    String hook = Setting.unique("hook");
    List<String> told = new CopyOnWriteArrayList<>();
    provider.answering(
        hook,
        call -> {
          told.add(call.body());
          call.answer(200, "text/plain", "");
        });
    Jvm belay = setting.withBelay("belay.on-stop=" + provider.url(hook));
    String before = Setting.unique("before");
    provider.answering(before, call -> call.answer(200, "text/plain", ""));
    assertEquals("200", belay.startOutside(Getting.class, provider.url(before)).result());
    belay.stop("jvm");
    String after = Setting.unique("after");
    Work refused = belay.startOutside(Getting.class, provider.url(after));
    assertEquals("io.belay.api.RunStoppedException", refused.thrown().type());
    assertEquals(0, provider.requests(after));
    Await.until(
        "both are told",
        () ->
            told.stream().anyMatch(body -> body.contains("run.stopping"))
                && told.stream().anyMatch(body -> body.contains("run.stopped")));
  }

  /** One request. Arguments: its URL. */
  static final class Getting implements App {
    @Override
    public String run(String... args) throws Exception {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(args[0]).toURL().openConnection();
      String status = String.valueOf(connection.getResponseCode());
      connection.getInputStream().readAllBytes();
      return status;
    }
  }
}
