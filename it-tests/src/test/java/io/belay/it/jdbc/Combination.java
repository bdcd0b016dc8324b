package io.belay.it.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import java.util.ArrayList;
import java.util.List;

/** A database behind a pool in some style, stopped at each moment of a transaction. */
record Combination(Database database, String pool, String style) {
  private static final String REFUSED = "io.belay.api.RunStoppedException";

  /** The moments at which nothing of the transaction is done afterwards. */
  private static final List<String> REFUSING = List.of("first", "second", "end");

  /** Newer JDKs complain of drivers with native code. */
  private static final String NATIVE_CODE =
      "WARNING: (A restricted method|java.lang.System::load|Use --enable-native|Restricted).*";

  static Combination of(Database database, String pool, Class<? extends Style> style) {
    return new Combination(database, pool, style.getName());
  }

  /** The control first; then each moment that the database can be brought to. */
  void check(Setting setting) {
    Jvm without = setting.withoutBelay();
    without.expectLog(NATIVE_CODE);
    setup(without);
    Work control = book(without, Setting.unique("control"), "nowhere");
    assertEquals("ended", control.result(), this + ", control");
    assertEquals("2 rows", next(without).replaceFirst(", connection.*", ""), this + ", control");

    Jvm belay = setting.withBelay("belay.stop.grace.sql=0s");
    belay.expectLog(NATIVE_CODE);
    setup(belay);
    String healthy = next(belay);
    for (String moment : REFUSING) {
      assertEquals(healthy, refused(belay, moment), this + ", stopped at " + moment);
    }
    if (!database.longQuery().isEmpty()) {
      assertEquals(healthy, cancelled(belay), this + ", stopped in a long statement");
    }
    if (!database.holds().isEmpty()) {
      String three = healthy.replaceFirst("0 rows", "3 rows");
      assertEquals(three, committing(belay), this + ", stopped while committing");
    }
  }

  private String refused(Jvm belay, String moment) {
    String run = Setting.unique(moment);
    Work work = book(belay, run, moment);
    assertTrue(work.thrown().has(REFUSED), () -> this + ", " + moment + ": " + work.thrown());
    JsonNode report = belay.control().report(run);
    String kind = moment.equals("end") ? "commit" : "sql";
    int rolledBack = moment.equals("end") ? 1 : 0;
    assertEquals(
        rolledBack, report.path("rolledBack").asInt(), () -> this + ", " + moment + ": " + report);
    assertTrue(
        report.path("refused").path(kind).asInt() > 0, () -> this + ", " + moment + ": " + report);
    return after(belay, run);
  }

  private String cancelled(Jvm belay) {
    String run = Setting.unique("long");
    Work work = book(belay, run, "long");
    belay.awaitMoment(run, "executing");
    Await.until(this + " executes", () -> !inFlight(belay, run).isEmpty() || work.isDone());
    belay.stop(run);
    assertTrue(work.thrown().has(REFUSED), () -> this + ", long: " + work.thrown());
    assertEquals(List.of("sql aborted"), account(belay, run), this + ", long");
    return after(belay, run);
  }

  private String committing(Jvm belay) {
    String run = Setting.unique("commit");
    Work work = book(belay, run, "commit");
    belay.awaitMoment(run, "written");
    String key = Setting.unique("holder");
    Work holder =
        belay.startOutside(Moments.Holder.class, key, pool, database.url(), database.holds());
    belay.awaitMoment(key, "holds");
    belay.cue(run, "commit");
    Await.until(
        this + " commits",
        () -> inFlight(belay, run).findValuesAsText("kind").contains("commit") || work.isDone());
    belay.stop(run);
    belay.cue(key, "let go");
    assertEquals("let go", holder.result(), this + ", commit");
    assertEquals("ended", work.result(), this + ", commit");
    assertEquals(List.of("commit completed"), account(belay, run), this + ", commit");
    return after(belay, run);
  }

  private String after(Jvm belay, String run) {
    assertTrue(belay.reached(run, "cleaned"), this + ": finally ran");
    return next(belay);
  }

  private static JsonNode inFlight(Jvm belay, String run) {
    return belay.control().run(run).path("inFlight");
  }

  private static List<String> account(Jvm belay, String run) {
    List<String> calls = new ArrayList<>();
    for (JsonNode call : belay.control().report(run).path("inFlight")) {
      calls.add(call.path("kind").asText() + ' ' + call.path("outcome").asText());
    }
    return calls;
  }

  private void setup(Jvm jvm) {
    List<String> args = new ArrayList<>(List.of("", pool, database.url()));
    args.addAll(database.setup());
    jvm.startOutside(Moments.Setup.class, args.toArray(String[]::new)).result();
  }

  private Work book(Jvm jvm, String run, String moment) {
    String url = database.url();
    return jvm.start(
        Moments.Booking.class, run, run, pool, url, style, moment, database.longQuery());
  }

  private String next(Jvm jvm) {
    String number = pool.equals("none") ? "" : database.number();
    return jvm.startOutside(Moments.Next.class, "", pool, database.url(), number).result();
  }

  @Override
  public String toString() {
    return database.name() + ", " + pool + ", " + style.replaceFirst(".*\\.", "");
  }
}
