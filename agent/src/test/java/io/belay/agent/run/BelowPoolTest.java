package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.belay.api.RunStoppedException;
import java.sql.SQLTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a pool sees of a statement that was cancelled, wherever it is among what wraps it. */
class BelowPoolTest {
  private final Bench bench = new Bench();
  private final SqlSite site =
      new SqlSite(
          bench.runs.gatekeeper(),
          "jdbc",
          "Statement.execute",
          SqlSite.Source.ARGUMENT,
          new StatementTexts(),
          rows -> {},
          (self, args, thread) -> {});

  BelowPoolTest() {
    bench.runs.gatekeeper().take(site);
  }

  private Object enter(String receiver) {
    return bench.runs.gatekeeper().enter(site.number(), receiver, new Object[] {"SELECT 1"});
  }

  private void exit(Object ticket, Throwable thrown) {
    if (ticket != null) {
      bench.runs.gatekeeper().exit(ticket, null, thrown);
    }
  }

  @Test
  void eachFrameOfAnotherReceiverThrowsTheRefusal() {
    Frame frame = bench.open("a");
    Object wrapper = enter("wrapper");
    Object pool = enter("pool");
    Object driver = enter("driver");
    Object own = enter("driver");
    assertNull(own, "what a driver does within itself is its own business");
    bench.stop(frame.run);
    frame.run.inFlight.snapshot().get(0).abort();

    SQLTimeoutException cancelled = new SQLTimeoutException("cancelled");
    exit(own, cancelled);
    Throwable seen = assertThrows(RunStoppedException.class, () -> exit(driver, cancelled));
    exit(pool, seen);
    exit(wrapper, seen);
    frame.exit(null, null);
    bench.leave();
    assertEquals(List.of(), bench.faults);
  }

  @Test
  void whatFailsByItselfStaysWhatItIs() {
    Frame frame = bench.open("a");
    Object wrapper = enter("wrapper");
    Object pool = enter("pool");
    Object driver = enter("driver");
    SQLTimeoutException slow = new SQLTimeoutException("slow");
    exit(driver, slow);
    exit(pool, slow);
    exit(wrapper, slow);
    frame.exit(null, null);
    bench.leave();
    assertEquals(List.of(), bench.faults);
  }
}
