package io.belay.it.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.cli.BelayCommand;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.util.List;

/** Observing, rules and shields for statements, and writes that wait for the end of their run. */
class JdbcPolicyIT {
  private static final String CLEAN = "write %s, read %s, tables %s, product done, bookkeeper %s";

  @Scenario
  void whoOnlyObservesIsToldOfStatementsAndNeverOfTheirValues(Setting setting) {
    Jvm belay = setting.withBelay("belay.mode=observe");
    String url = h2();
    assertEquals("", rows(belay, url));
    String run = Setting.unique("observed");
    String secret = "s3cr3t";
    assertEquals("done", belay.start(Policies.Observed.class, run, url, secret).result());
    assertEquals(secret + ", " + secret + "-again", rows(belay, url));

    String metrics = belay.control().request("GET", "/metrics", null).body();
    for (String row :
        List.of(
            "{statement=\"insert into booking (who) values (?)\"} 2",
            "{statement=\"select * from booking where who = ?\"} 1",
            "{statement=\"COMMIT\"} 1")) {
      assertTrue(metrics.contains("belay_observed_statements_total" + row), () -> metrics);
    }
    for (String place : List.of("/runs", "/runs/" + run, "/runs/" + run + "/report", "/coverage")) {
      assertFalse(belay.control().request("GET", place, null).body().contains(secret), place);
    }
    assertFalse(metrics.contains(secret), metrics);
    assertFalse(belay.stderr().toString().contains(secret));
    assertFalse(BelayCommand.on(setting).text("doctor", belay.pid()).contains(secret));
  }

  @Scenario
  void afterAStopPassesWhatARuleOrAShieldNames(Setting setting) {
    String url = h2();
    Jvm without = setting.withoutBelay();
    rows(without, url);
    assertEquals(
        CLEAN.formatted("done", "done", "done", "done"),
        without.start(Policies.Cleaning.class, Setting.unique("control"), url).result());
    assertEquals("noted, written", rows(without, url));

    cleans(setting.withBelay(), CLEAN.formatted("refused", "refused", "done", "refused"), "");
    String shield = "belay.shield=" + Policies.Bookkeeper.class.getName() + "#note";
    cleans(
        setting.withBelay("belay.allow=sql:select *", shield),
        CLEAN.formatted("refused", "done", "done", "done"),
        "noted");
  }

  private static void cleans(Jvm belay, String told, String rows) {
    String url = h2();
    assertEquals("", rows(belay, url));
    String run = Setting.unique("cleaning");
    assertEquals(told, belay.start(Policies.Cleaning.class, run, url).result());
    assertEquals(rows, rows(belay, url));
  }

  @Scenario
  void aStagedWriteIsDoneWhenItsRunIsAndOneThatThrowsHoldsUpNoOther(Setting setting) {
    Jvm belay = setting.withBelay();
    String url = h2();
    belay.expectLog(".*a staged write of run .* threw java.lang.IllegalStateException.*");
    assertEquals("", rows(belay, url));
    String stopped = Setting.unique("staged");
    belay.startOutside(Policies.Staging.class, url, stopped, "stopped").result();
    assertEquals("stopped", belay.control().over(stopped).path("status").asText());
    assertEquals("", rows(belay, url));

    String completed = Setting.unique("staged");
    String told = belay.startOutside(Policies.Staging.class, url, completed, "completed").result();
    assertEquals("done", told);
    assertEquals("completed", belay.control().over(completed).path("status").asText());
    assertEquals("completed first, completed second", rows(belay, url));
  }

  private static String rows(Jvm jvm, String url) {
    return jvm.startOutside(Policies.Rows.class, url).result();
  }

  private static String h2() {
    return "jdbc:h2:mem:" + Setting.unique("h") + ";DB_CLOSE_DELAY=-1";
  }
}
