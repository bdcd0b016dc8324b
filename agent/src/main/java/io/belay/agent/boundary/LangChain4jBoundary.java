package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.LLM;
import static io.belay.agent.run.Kind.TOOL;

/**
 * LangChain4j 1: an AI service's call is a run, its tools are boundaries, and a stopped run sleeps
 * through no back-off. Models are read and stopped at the HTTP client below.
 *
 * <p>The tool's own handler of errors lies inside the guarded method: a refusal that it would tell
 * the model as the tool's result is thrown on from here.
 */
final class LangChain4jBoundary implements Boundary {
  private static final String TOOLS = "dev.langchain4j.service.tool.";

  @Override
  public String name() {
    return "langchain4j";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("dev.langchain4j.service.DefaultAiServices$1")
        .entry(
            "invoke",
            -1,
            "java.lang.reflect.Method",
            "*",
            "dev.langchain4j.invocation.InvocationContext")
        .optional()
        // A system of agents: each of them is a run below it.
        .in("dev.langchain4j.agentic.internal.PlannerBasedInvocationHandler")
        .entry("executeAgentMethod", -1)
        // A stream begins after the service has returned.
        .in("dev.langchain4j.service.AiServiceTokenStream")
        .entry("start", -1)
        .in(TOOLS + "ToolService")
        .guardAll(TOOL, "executeWithErrorHandling")
        .text("name of argument 0")
        .optional()
        // Waits for tools that it has handed over, and hides why one has not begun.
        .tell("executeConcurrently", 3)
        .optional()
        // What the first versions call, and no later one.
        .in(TOOLS + "DefaultToolExecutor")
        .guard(TOOL, "execute", "dev.langchain4j.agent.tool.ToolExecutionRequest", "*")
        .text("name of argument 0")
        .in("dev.langchain4j.internal.RetryUtils$RetryPolicy")
        .ask(LLM, "withRetry", 2)
        .pause("sleep");
  }
}
