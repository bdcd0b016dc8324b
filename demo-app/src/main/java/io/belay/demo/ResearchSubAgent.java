package io.belay.demo;

import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** Investigates one topic: asks the model, uses the tools it calls for, and asks again. */
final class ResearchSubAgent {
  private static final Logger LOG = System.getLogger(ResearchSubAgent.class.getName());
  private static final int MAX_TURNS = 8;

  private static final String INVESTIGATOR =
      "You are an investigator of a research team. Use the tools, then state your findings.";

  private final OpenAIClient llm;
  private final String model;
  private final ResearchTools tools;
  private final ResearchStore store;

  ResearchSubAgent(OpenAIClient llm, String model, ResearchTools tools, ResearchStore store) {
    this.llm = llm;
    this.model = model;
    this.tools = tools;
    this.store = store;
  }

  /**
   * Returns the findings on a topic. Blocks for as many turns as the model wants, up to a limit.
   */
  String investigate(String id, String topic) {
    Conversation conversation =
        Conversation.begin(llm, model, INVESTIGATOR, topic, ResearchTools.DEFINITIONS);
    for (int turn = 1; turn <= MAX_TURNS; turn++) {
      ChatCompletionMessage answer = conversation.next();
      List<ChatCompletionMessageToolCall> calls = answer.toolCalls().orElse(List.of());
      if (calls.isEmpty()) {
        return answer.content().orElse("");
      }
      for (ChatCompletionMessageToolCall call : calls) {
        conversation.addToolResult(call.asFunction().id(), use(id, call.asFunction()));
      }
    }
    throw new IllegalStateException("no findings after " + MAX_TURNS + " turns");
  }

  /** A tool that fails is the model's to deal with: it is told so, in words. */
  private String use(String id, ChatCompletionMessageFunctionToolCall call) {
    try {
      String result = tools.call(call.function());
      store.saveSource(id, call.function().name(), call.function().arguments(), result);
      return result;
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "tool " + call.function().name() + " failed for " + id, e);
      return "The tool failed: " + e.getMessage();
    }
  }
}
