package io.belay.it.inbound;

import io.a2a.server.ServerCallContext;
import io.a2a.server.agentexecution.AgentExecutor;
import io.a2a.server.agentexecution.RequestContext;
import io.a2a.server.auth.UnauthenticatedUser;
import io.a2a.server.events.EventQueue;
import io.a2a.server.events.InMemoryQueueManager;
import io.a2a.server.requesthandlers.DefaultRequestHandler;
import io.a2a.server.requesthandlers.RequestHandler;
import io.a2a.server.tasks.InMemoryTaskStore;
import io.a2a.server.tasks.TaskUpdater;
import io.a2a.spec.Message;
import io.a2a.spec.MessageSendConfiguration;
import io.a2a.spec.MessageSendParams;
import io.a2a.spec.Task;
import io.a2a.spec.TaskIdParams;
import io.a2a.spec.TextPart;
import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * A server of the A2A SDK whose agent asks a model twice, whatever comes of it, and says of every
 * task that it is cancelled. Its request handler is what all of the SDK's transports call; it is
 * called here as they do. Arguments: key, URL. Answers the id of the task that was cancelled.
 */
final class A2aApp implements App {
  private static final class Agent implements AgentExecutor {
    @Override
    public void execute(RequestContext context, EventQueue queue) {
      TaskUpdater task = new TaskUpdater(context, queue);
      task.startWork();
      String text = context.getUserInput("");
      String key = text.replaceFirst("&.*", "");
      for (int i = 1; i <= 2; i++) {
        try {
          Handler.answer("/chat", text);
        } catch (IOException | RuntimeException failure) {
          Script.tell(key, failure.getClass().getSimpleName() + ' ' + i);
        }
      }
      Script.tell(key, "over");
    }

    @Override
    public void cancel(RequestContext context, EventQueue queue) {
      new TaskUpdater(context, queue).cancel();
    }
  }

  @Override
  public String run(String... args) throws Exception {
    Executor threads = work -> new Thread(work).start();
    InMemoryTaskStore store = new InMemoryTaskStore();
    RequestHandler handler =
        DefaultRequestHandler.create(
            new Agent(), store, new InMemoryQueueManager(store), null, null, threads);
    ServerCallContext caller =
        new ServerCallContext(UnauthenticatedUser.INSTANCE, Map.of(), Set.of());
    Message message =
        new Message.Builder()
            .role(Message.Role.USER)
            .parts(new TextPart(args[0] + '&' + args[1]))
            .build();
    MessageSendConfiguration now = new MessageSendConfiguration.Builder().blocking(false).build();
    Task task = (Task) handler.onMessageSend(new MessageSendParams(message, now, Map.of()), caller);
    Script.await(args[0], "cancel");
    return handler.onCancelTask(new TaskIdParams(task.getId()), caller).getId();
  }
}
