package io.belay.it.stop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.App;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Stops of an agent that writes to a database: what was not committed stays uncommitted. */
class JdbcStopIT {
  private static final String STOPPED = "io.belay.api.RunStoppedException";
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
  void aTransactionIsRolledBackInsteadOfBeingCommitted(Setting setting) {
    Jvm without = setting.withoutBelay();
    String control = created(without);
    Work untouched = without.start(Store.Transaction.class, control, control);
    without.awaitMoment(control, "before commit");
    without.cue(control, "go on");
    assertEquals("committed", untouched.result());
    assertEquals("2", rows(without, control));

    Jvm belay = setting.withBelay();
    String run = created(belay);
    Work work = belay.start(Store.Transaction.class, run, run);
    belay.awaitMoment(run, "before commit");
    belay.stop(run);
    belay.cue(run, "go on");
    assertTrue(work.thrown().has(STOPPED), () -> work.thrown().toString());
    assertEquals("0", rows(belay, run));
    JsonNode report = belay.control().report(run);
    assertEquals(1, report.path("rolledBack").asInt(), report::toPrettyString);
    assertEquals(1, report.path("refused").path("commit").asInt(), report::toPrettyString);
    assertServes(belay);
  }

  @Scenario
  void aStatementAfterTheStopIsRefusedAndWhatWasCommittedStays(Setting setting) {
    Jvm without = setting.withoutBelay();
    String control = created(without);
    Work untouched = without.start(Store.Rows.class, control, control);
    without.cue(control, "go on");
    assertEquals("written", untouched.result());
    assertEquals("2", rows(without, control));

    Jvm belay = setting.withBelay();
    String run = created(belay);
    Work work = belay.start(Store.Rows.class, run, run);
    belay.awaitMoment(run, "first row");
    belay.stop(run);
    belay.cue(run, "go on");
    assertTrue(work.thrown().has(STOPPED), () -> work.thrown().toString());
    assertEquals("1", rows(belay, run));
    JsonNode report = belay.control().report(run);
    assertEquals(1, report.path("refused").path("sql").asInt(), report::toPrettyString);
    assertServes(belay);
  }

  @Scenario
  void cleanUpInFinallyRunsToItsEnd(Setting setting) {
    Jvm without = setting.withoutBelay();
    String control = created(without);
    Work untouched = without.start(Store.Framed.class, control, control, provider.url(control));
    provider.await(control).completion("fine");
    assertEquals("committed", untouched.result());
    assertEquals("1", rows(without, control));

    Jvm belay = setting.withBelay();
    String run = created(belay);
    Work work = belay.start(Store.Framed.class, run, run, provider.url(run));
    Arrival call = provider.await(run);
    belay.stop(run);
    assertTrue(call.awaitClientLeft());
    assertTrue(work.thrown().has(STOPPED), () -> work.thrown().toString());
    belay.awaitMoment(run, "rolled back");
    belay.awaitMoment(run, "reset");
    belay.awaitMoment(run, "closed: true");
    assertEquals("0", rows(belay, run));
    assertEquals("stopped", belay.control().report(run).path("run").path("status").asText());
    assertServes(belay);
  }

  /** A database of its own, made outside any run. */
  private static String created(Jvm jvm) {
    String key = Setting.unique("store").replace('-', '_');
    jvm.startOutside(Store.Create.class, key).result();
    return key;
  }

  private static String rows(Jvm jvm, String key) {
    Class<? extends App> count = Store.Count.class;
    return jvm.startOutside(count, key).result();
  }

  private static void assertServes(Jvm jvm) {
    String after = created(jvm);
    Work work = jvm.start(Store.Rows.class, after, after);
    jvm.cue(after, "go on");
    assertEquals("written", work.result());
    assertEquals("2", rows(jvm, after));
  }
}
