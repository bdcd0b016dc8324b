package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.TOOL;

/**
 * Google's Agent Development Kit 1: what a runner is asked is a run, each agent in it a run below.
 * Its functions are tools, refused before the kit would turn what they throw into an answer to the
 * model. Its models are read and stopped at the HTTP client below, its MCP tools in their client.
 */
final class GoogleAdkBoundary implements Boundary {
  @Override
  public String name() {
    return "google-adk";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("com.google.adk.runner.Runner")
        .entry("runAsyncImpl", -1)
        .entry("runLiveImpl", -1)
        // Each agent of a runner's, and each that one hands over to.
        .in("com.google.adk.agents.BaseAgent")
        .entry("runAsync", -1)
        .entry("runLive", -1)
        .in("com.google.adk.tools.FunctionTool")
        .guard(TOOL, "runAsync", "java.util.Map", "*")
        .text("name of receiver");
  }
}
