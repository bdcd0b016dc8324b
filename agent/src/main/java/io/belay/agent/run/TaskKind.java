package io.belay.agent.run;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RunnableScheduledFuture;

/**
 * What a class of tasks is to those that take it. Found out once for each class: to ask an object
 * for an interface that it does not have is a search, which on Java 17 takes longer than a thread
 * needs to join a run.
 *
 * @param stage whether it is one of {@code CompletableFuture}'s; a publisher's are marked alike,
 *     and carry nothing
 * @param future whether it can be waited for
 * @param scheduled whether a scheduler made it
 * @param compared whether a queue may compare it
 * @param serving whether it is how a pool serves whoever comes, until the pool ends
 */
record TaskKind(
    boolean stage, boolean future, boolean scheduled, boolean compared, boolean serving) {
  private static final ClassValue<TaskKind> KINDS =
      new ClassValue<>() {
        @Override
        protected TaskKind computeValue(Class<?> type) {
          return new TaskKind(
              CompletableFuture.AsynchronousCompletionTask.class.isAssignableFrom(type)
                  && type.getName().startsWith("java.util.concurrent.CompletableFuture"),
              Future.class.isAssignableFrom(type),
              RunnableScheduledFuture.class.isAssignableFrom(type),
              Comparable.class.isAssignableFrom(type),
              Infrastructure.isServing(type));
        }
      };

  static TaskKind of(Object task) {
    return KINDS.get(task.getClass());
  }
}
