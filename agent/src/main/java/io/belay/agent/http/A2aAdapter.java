package io.belay.agent.http;

import io.belay.boot.CallAdapter;
import io.belay.boot.Called;
import org.jspecify.annotations.Nullable;

/**
 * A task of a server of the Agent2Agent protocol. By name, since what executes tasks is the
 * application's; ids of tasks are unique in a server, whichever object executes or cancels them.
 */
public final class A2aAdapter extends CallAdapter {
  @Override
  public @Nullable Called call(Object self, Object[] args) {
    Object context = args[0];
    try {
      Object task = context.getClass().getMethod("getTaskId").invoke(context);
      return task == null ? null : new Called(context.getClass(), task, "task " + task);
    } catch (ReflectiveOperationException otherVersion) {
      throw new IllegalStateException(otherVersion);
    }
  }
}
