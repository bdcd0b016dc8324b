package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.belay.it.harness.Jvm;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;

/** Tools that a framework calls several at a time, and a limit of them. */
class ToolFanIT {
  /** Also where those that it waits for first have not begun when the limit stops the run. */
  @Scenario
  void whoWaitsForToolsHearsOfTheLimit(Setting setting) {
    String control = Setting.unique("control");
    assertEquals("4 called", setting.withoutBelay().start(ToolFanApp.class, control).result());

    Jvm belay = setting.withBelay("belay.budget.tool-calls=1");
    String run = Setting.unique("fan");
    Work work = belay.start(ToolFanApp.class, run);
    assertEquals(
        "io.belay.api.BudgetExceededException", work.thrown().type(), work.thrown()::toString);
    assertEquals(1, belay.control().run(run).path("usage").path("toolCalls").asInt());
  }
}
