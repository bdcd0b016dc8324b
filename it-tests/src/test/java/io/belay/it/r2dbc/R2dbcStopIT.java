package io.belay.it.r2dbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A stop at each moment of a reactive transaction: no row of it is there afterwards. */
class R2dbcStopIT {
  private static final String REFUSED = "io.belay.api.RunStoppedException";

  /** A thread that waits outside is not woken here: then it hears what the pipeline ends with. */
  private static final String NO_WAKING = "belay.stop.wake=false";

  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start();
  }

  @AfterAll
  static void close() throws IOException {
    postgres.close();
  }

  @Scenario(libraries = {"r2dbc-0.9", "r2dbc-1.1"})
  void aTransactionOnPostgresLeavesNoRow(Setting setting) {
    everyMoment(setting, postgres(""));
  }

  @Scenario(libraries = {"r2dbc-0.9", "r2dbc-1.1"})
  void aTransactionOnAPooledConnectionLeavesNoRow(Setting setting) {
    everyMoment(setting, postgres("pool:"));
  }

  @Scenario(libraries = {"r2dbc-0.9", "r2dbc-1.1"})
  void aTransactionOnH2LeavesNoRow(Setting setting) {
    everyMoment(setting, "r2dbc:h2:mem:///" + Setting.unique("h") + "?options=DB_CLOSE_DELAY%3D-1");
  }

  @Scenario(libraries = {"r2dbc-0.9", "r2dbc-1.1"})
  void nobodyElseCommitsWhatAStoppedRunWrote(Setting setting) {
    for (String url : List.of(postgres(""), postgres("pool:"))) {
      Jvm belay = setting.withBelay(NO_WAKING);
      belay.startOutside(Reservations.Setup.class, "", url).result();
      Work work = belay.startOutside(Reservations.Shared.class, Setting.unique("shared"), url);
      assertTrue(work.thrown().has(REFUSED), () -> url + ": " + work.thrown());
      assertEquals("0", next(belay, url), url);
    }
  }

  private static void everyMoment(Setting setting, String url) {
    Jvm without = setting.withoutBelay();
    without.startOutside(Reservations.Setup.class, "", url).result();
    assertEquals("ended", reserve(without, Setting.unique("control"), url, "nowhere").result());
    assertEquals("2", next(without, url));

    Jvm belay = setting.withBelay(NO_WAKING);
    belay.startOutside(Reservations.Setup.class, "", url).result();
    for (String moment : List.of("first", "second", "end", "text")) {
      String run = Setting.unique(moment);
      Work work = reserve(belay, run, url, moment);
      assertTrue(work.thrown().has(REFUSED), () -> url + ", " + moment + ": " + work.thrown());
      assertTrue(belay.reached(run, "cleaned"), moment);
      JsonNode report = belay.control().report(run);
      String kind = moment.equals("end") || moment.equals("text") ? "commit" : "sql";
      assertEquals(1, report.path("refused").path(kind).asInt(), () -> moment + ": " + report);
      assertEquals(moment.equals("end") ? 1 : 0, report.path("rolledBack").asInt(), moment);
      assertEquals("0", next(belay, url), moment);
    }
    assertEquals("ended", reserve(belay, Setting.unique("unstopped"), url, "nowhere").result());
    assertEquals("2", next(belay, url));
  }

  private static Work reserve(Jvm jvm, String run, String url, String moment) {
    return jvm.start(Reservations.Reserving.class, run, run, url, moment);
  }

  private static String next(Jvm jvm, String url) {
    return jvm.startOutside(Reservations.Next.class, "", url).result();
  }

  private static String postgres(String pool) {
    return "r2dbc:"
        + pool
        + "postgresql://postgres:postgres@localhost:"
        + postgres.getPort()
        + "/postgres"
        + (pool.isEmpty() ? "" : "?maxSize=1&initialSize=1");
  }
}
