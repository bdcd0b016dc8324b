package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Libraries in a class loader that also sees Belay's own classes. */
class BelowIT {
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  private static Work ask(Jvm jvm, String key, String what) {
    String app = BedrockConverseApp.class.getName();
    return jvm.start(BelowApp.class, key, app, what, key, provider.url(key), "1");
  }

  @Scenario
  void whoWaitsForTheAwsSdkIsFreed(Setting setting) {
    String control = Setting.unique("control");
    provider.answering(control, new Generator(Wire.BEDROCK_CONVERSE, 20, "")::answer);
    String whole = ask(setting.withoutBelay(), control, "later").result();
    assertTrue(!whole.isEmpty());

    Jvm belay = setting.withBelay();
    String counted = Setting.unique("counted");
    provider.answering(counted, new Generator(Wire.BEDROCK_CONVERSE, 20, "")::answer);
    assertEquals(whole, ask(belay, counted, "later").result());
    assertEquals(20, belay.control().over(counted).path("usage").path("outputTokens").asInt());
    for (String what : new String[] {"later", "stream"}) {
      String run = Setting.unique("below-" + what);
      Work work = ask(belay, run, what);
      provider.await(run);
      belay.stop(run);
      assertTrue(work.thrown().has("io.belay.api.RunStoppedException"), work.thrown()::toString);
    }
  }
}
