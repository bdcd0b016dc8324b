package io.belay.agent.boundary;

/**
 * {@code java.util.Timer}: a task is the run's that scheduled it, the timer's thread is nobody's.
 */
final class TimerBoundary implements Boundary {
  private static final String TASK = "java.util.TimerTask";
  private static final String DATE = "java.util.Date";

  @Override
  public String name() {
    return "timer";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .atFirstRun()
        .in("java.util.Timer")
        .timed("schedule", 0, TASK, "long")
        .timed("schedule", 0, TASK, DATE)
        .timedAgain("schedule", 0, TASK, "long", "long")
        .timedAgain("schedule", 0, TASK, DATE, "long")
        .timedAgain("scheduleAtFixedRate", 0, TASK, "long", "long")
        .timedAgain("scheduleAtFixedRate", 0, TASK, DATE, "long")
        .in(TASK)
        .dropped("cancel", 0)
        .inDiscovered("tasks")
        .bonded("run", 0)
        .optional();
  }
}
