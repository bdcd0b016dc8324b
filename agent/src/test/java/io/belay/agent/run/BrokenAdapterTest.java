package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.belay.api.RunStoppedException;
import org.junit.jupiter.api.Test;

/** A library that is not as its adapter knows it. */
class BrokenAdapterTest {
  @Test
  void aRefusalThatCannotBeDeliveredIsThrown() {
    try (Bench bench = new Bench()) {
      Frame frame = bench.open("a");
      Bench.Boundary request = bench.http("POST");
      request.refusalThrows = new NoSuchMethodError("an older library");
      bench.stop(frame.run);
      assertThrows(RunStoppedException.class, () -> request.enter("http://example.com/a"));
      assertEquals(1, Bench.refused(frame.run).get("http"));
      assertEquals(1, bench.faults.size());
      frame.exit(null, null);
    }
  }
}
