package io.belay.it.llm;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import io.belay.it.harness.App;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model asks for four tools, which LangChain4j hands to an executor at once and waits for in this
 * order. The executor begins with the last.
 */
public final class ToolFanApp implements App {
  private static final int TOOLS = 4;

  private final AtomicInteger called = new AtomicInteger();

  /** Answers at once. */
  interface Assistant {
    String chat(String message);
  }

  /** What the model may call. */
  public final class Counting {
    /** Counts. */
    @dev.langchain4j.agent.tool.Tool("counts")
    public int count(@P("number") String number) {
      return called.incrementAndGet();
    }
  }

  /** Asks for the tools, then says how many were called. */
  private final class Model implements ChatModel {
    private boolean asked;

    @Override
    public ChatResponse doChat(ChatRequest request) {
      if (asked) {
        return ChatResponse.builder().aiMessage(AiMessage.from(called + " called")).build();
      }
      asked = true;
      List<ToolExecutionRequest> tools = new ArrayList<>();
      for (int i = 0; i < TOOLS; i++) {
        String number = "{\"number\":\"" + i + "\"}";
        tools.add(
            ToolExecutionRequest.builder().id("t" + i).name("count").arguments(number).build());
      }
      return ChatResponse.builder().aiMessage(AiMessage.from(tools)).build();
    }
  }

  private static final class LastFirst {
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    void execute(Runnable task) {
      tasks.push(task);
      if (tasks.size() == TOOLS) {
        new Thread(() -> tasks.forEach(Runnable::run), "last first").start();
      }
    }
  }

  @Override
  public String run(String... args) {
    return AiServices.builder(Assistant.class)
        .chatModel(new Model())
        .tools(new Counting())
        .executeToolsConcurrently(new LastFirst()::execute)
        .build()
        .chat("hello");
  }
}
