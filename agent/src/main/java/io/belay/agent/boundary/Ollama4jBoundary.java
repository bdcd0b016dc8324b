package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.LLM;
import static io.belay.agent.run.Kind.TOOL;

/**
 * Ollama4j 1: a conversation is asked about above its loop of tools, and what it makes an error of
 * its own of is told as the stop that it is. A tool is mostly a lambda, which cannot be woven: it
 * is a boundary where the loop fetches it to call it, unless it calls an MCP server, which is one
 * by itself. Its traffic is read and stopped in the JDK's client below.
 */
final class Ollama4jBoundary implements Boundary {
  private static final String OLLAMA = "io.github.ollama4j.";

  @Override
  public String name() {
    return "ollama4j";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in(OLLAMA + "Ollama")
        .ask(LLM, "chat", 2)
        .ask(LLM, "generate", 2)
        .in(OLLAMA + "tools.Tools$Tool")
        .guard(TOOL, "getToolFunction", 0)
        .text("specification of receiver, if it calls no server");
  }
}
