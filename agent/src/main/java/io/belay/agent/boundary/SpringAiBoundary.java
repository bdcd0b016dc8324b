package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.LLM;
import static io.belay.agent.run.Kind.TOOL;

/**
 * Spring AI 1.1 and 2: a chat client's call is a run, its tools are boundaries, and a stopped run
 * sleeps through no back-off of a model. Models are read and stopped at the HTTP client below.
 *
 * <p>A call's run begins where the application asks for the answer: what lies below has been
 * another method in each minor version.
 *
 * <p>What a tool throws is wrapped inside the guarded method: a refusal that would be told to the
 * model as the tool's result is thrown on from here.
 */
final class SpringAiBoundary implements Boundary {
  private static final String AI = "org.springframework.ai.";

  @Override
  public String name() {
    return "spring-ai";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in(AI + "chat.client.DefaultChatClient$DefaultCallResponseSpec")
        .entry("content", -1)
        .entry("chatResponse", -1)
        .entry("chatClientResponse", -1)
        .entry("entity", -1)
        .entry("responseEntity", -1)
        .in(AI + "chat.client.DefaultChatClient$DefaultStreamResponseSpec")
        .entry("doGetObservableFluxChatResponse", -1, "*")
        .in(AI + "tool.method.MethodToolCallback", AI + "tool.function.FunctionToolCallback")
        .guard(TOOL, "call", 2)
        .text("tool of receiver")
        // The client below is the boundary.
        .in(AI + "mcp.SyncMcpToolCallback", AI + "mcp.AsyncMcpToolCallback")
        .ask(TOOL, "call", 2)
        .optional()
        .in(
            AI + "openai.OpenAiChatModel",
            AI + "anthropic.AnthropicChatModel",
            AI + "ollama.OllamaChatModel",
            AI + "mistralai.MistralAiChatModel",
            AI + "deepseek.DeepSeekChatModel")
        .ask(LLM, "internalCall", 2);
  }
}
