package io.belay.agent.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.belay.agent.rule.Limit;
import io.belay.agent.rule.OnExceeded;
import io.belay.api.BudgetExceededException;
import io.belay.api.Reason;
import io.belay.api.RunStoppedException;
import io.belay.api.Status;
import org.junit.jupiter.api.Test;

/** Calls that come when their run's time is up, before or after the thread that says so. */
class LateCallTest {
  private static final int RUNS = 200;

  @Test
  void aLateCallIsRefusedForTheDeadlineWhoeverSeesItFirst() throws Exception {
    Rig rig = Rig.limited(Limit.TIME, 1);
    for (int i = 0; i < RUNS; i++) {
      String id = "late-" + i;
      RunStoppedException why =
          assertThrows(
              RunStoppedException.class, () -> rig.run(id, () -> rig.send(Sending.chat(""))));
      assertEquals(RunStoppedException.class, why.getClass(), why::toString);
      assertEquals(Reason.DEADLINE, why.reason());
      assertEquals(id, why.runId());
      assertEquals(Reason.DEADLINE, rig.find(id).stopEvent().reason());
    }
  }

  @Test
  void whereLimitsRefuseALateCallIsRefusedByItsLimitAndTheRunGoesOn() throws Exception {
    Rig rig = Rig.limited(OnExceeded.REFUSE, Limit.TIME, 1);
    BudgetExceededException why =
        rig.run(
            "late",
            () -> assertThrows(BudgetExceededException.class, () -> rig.send(Sending.chat(""))));
    assertEquals("time", why.limit());
    assertEquals(Status.COMPLETED, rig.find("late").status());
  }
}
