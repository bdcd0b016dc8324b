package io.belay.agent.boundary;

/**
 * Servers of the Agent2Agent protocol's SDK, 0.2.5 to 0.3: a task at work is a run, and ends when
 * {@code tasks/cancel} is received and passed on to the application, whatever that does about it.
 * The application's executor is met when the server is made with it.
 */
final class A2aBoundary implements Boundary {
  private static final String EXECUTOR = "a2a.executor";

  @Override
  public String name() {
    return "a2a";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("io.a2a.server.requesthandlers.DefaultRequestHandler")
        .discoverGiven(
            "<init>",
            EXECUTOR,
            "io.a2a.server.agentexecution.AgentExecutor",
            "*",
            "*",
            "*",
            "*",
            "*")
        .inDiscovered(EXECUTOR)
        .called("execute", 2)
        .adapter("A2aAdapter")
        .takenBack("cancel", 2)
        .adapter("A2aAdapter");
  }
}
