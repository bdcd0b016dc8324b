package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What is told and counted of requests over {@code HttpURLConnection} that a limit refuses. */
class RefusedPostsIT {
  private static final String BODY = "{\"model\":\"m\",\"messages\":[{\"content\":\"hi\"}]}";
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  private static String ask(Jvm jvm, String key) {
    provider.answering(key, new Generator(Wire.OPENAI, 20, "")::answer);
    String url = provider.url(key) + "/chat/completions";
    return jvm.start(StatusAsker.class, key, url, BODY, "3").result();
  }

  @Scenario
  void eachIsOneCallOfAModel(Setting setting) {
    String control = Setting.unique("control");
    assertEquals("200\n200\n200", ask(setting.withoutBelay(), control));
    assertEquals(3, provider.requests(control));

    Jvm belay = setting.withBelay("belay.budget.llm-calls=1");
    String run = Setting.unique("posts");
    String[] told = ask(belay, run).split("\n");
    assertEquals(1, provider.requests(run));
    assertEquals("200", told[0]);
    String stopped =
        "run " + run + " is stopped (BUDGET: limit llm-calls of 1 reached: 1 used or set aside)";
    for (int i = 1; i < 3; i++) {
      assertTrue(told[i].startsWith(stopped + "; refused: llm POST http"), told[i]);
    }
    assertEquals("{\"llm\":2}", belay.control().report(run).path("refused").toString());
  }

  /** Its client sends again by itself what a server has closed without an answer. */
  @Scenario
  void theRefusalOfASecondPostIsTheRefusalItself(Setting setting) {
    String control = Setting.unique("control");
    provider.answering(control, Arrival::reset);
    String url = provider.url(control) + "/chat/completions";
    Jvm plain = setting.withoutBelay();
    assertTrue(plain.start(StatusAsker.class, control, url, BODY, "1").fails());
    assertEquals(2, provider.requests(control));

    String run = Setting.unique("second");
    provider.answering(run, Arrival::reset);
    url = provider.url(run) + "/chat/completions";
    Jvm belay = setting.withBelay("belay.budget.llm-calls=1");
    String told = belay.start(StatusAsker.class, run, url, BODY, "1").result();
    assertTrue(told.contains("limit llm-calls of 1 reached"), told);
    assertEquals(1, provider.requests(run));
  }
}
