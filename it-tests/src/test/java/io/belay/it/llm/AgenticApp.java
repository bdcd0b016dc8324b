package io.belay.it.llm;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import io.belay.it.harness.App;
import java.util.Map;

/** Two agents of LangChain4j's agentic module, one after the other. Argument: the base URL. */
public final class AgenticApp implements App {
  /** The first. */
  public interface Writer {
    @Agent("writes a story")
    @UserMessage("Write a story about {{topic}}")
    String write(@V("topic") String topic);
  }

  /** The second. */
  public interface Editor {
    @Agent("shortens a story")
    @UserMessage("Shorten this: {{story}}")
    String shorten(@V("story") String story);
  }

  @Override
  public String run(String... args) {
    ChatModel model =
        OpenAiChatModel.builder().baseUrl(args[0]).apiKey("none").modelName("m").build();
    Writer writer =
        AgenticServices.agentBuilder(Writer.class).chatModel(model).outputKey("story").build();
    Editor editor =
        AgenticServices.agentBuilder(Editor.class).chatModel(model).outputKey("story").build();
    UntypedAgent both =
        AgenticServices.sequenceBuilder().subAgents(writer, editor).outputKey("story").build();
    return String.valueOf(both.invoke(Map.of("topic", "dragons")));
  }
}
