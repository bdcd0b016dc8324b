package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.belay.api.RunStoppedException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which call that is met inside another is a part of it, and which is one of its own. */
class NestedCallTest {
  private final Bench bench = new Bench();
  private final Frame frame = bench.open("a");
  private final Run run = frame.run;

  @AfterEach
  void nothingIsLeft() {
    bench.close();
    assertEquals(List.of(), bench.faults);
  }

  @Test
  void aStatementOfTheApplicationsInsideARequestIsNoPartOfIt() {
    Bench.Boundary request = bench.http("POST");
    Bench.Boundary sql = bench.boundary(Kind.SQL);
    InFlight outer = request.enter("http://example.com/a");
    InFlight before = sql.enter("INSERT INTO t VALUES (1)");
    assertEquals(2, run.inFlight.snapshot().size());
    sql.exit(before);
    bench.stop(run);
    assertThrows(RunStoppedException.class, () -> sql.enter("INSERT INTO t VALUES (2)"));
    assertThrows(
        RunStoppedException.class, () -> bench.boundary(Kind.COMMIT).enter("Connection.commit"));
    assertEquals(1, Bench.refused(run).get("sql"));
    request.exit(outer);
  }

  @Test
  void aStatementInsideAStatementIsAPartOfIt() {
    Bench.Boundary sql = bench.boundary(Kind.SQL);
    InFlight outer = sql.enter("SELECT 1");
    bench.stop(run);
    assertNull(bench.boundary(Kind.SQL).enter("isValid"));
    assertNull(bench.http("POST").enter("http://warehouse.example.com/"));
    sql.exit(outer);
  }
}
