package io.belay.agent.run;

import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;

/**
 * What a class of tasks is to those that take it. Found out once for each class: to ask an object
 * for an interface that it does not have is a search, which on Java 17 takes longer than a thread
 * needs to join a run.
 */
final class TaskKind {
  /** Whether it is one of {@code CompletableFuture}'s; a publisher's are marked alike. */
  final boolean stage;

  /** Whether it carries its run inside, or is what carries. */
  final boolean carries;

  /** Whether it can be waited for. */
  final boolean future;

  /** Whether a scheduler made it. */
  final boolean scheduled;

  /** Whether a queue may compare it. */
  final boolean compared;

  /** Whether it is how a pool serves whoever comes, until the pool ends; carries no run. */
  final boolean serves;

  /** Whether it is nobody's in executors that know some of their tasks by class. */
  final boolean shared;

  /** Whether it is done although its run was stopped. */
  final boolean keeps;

  /** Its fields that may hold what it wraps; at most one of them does. */
  final VarHandle[] inside;

  TaskKind(Class<?> type, Infrastructure known) {
    String name = type.getName();
    boolean task = FutureTask.class.isAssignableFrom(type);
    stage =
        CompletableFuture.AsynchronousCompletionTask.class.isAssignableFrom(type)
            && name.startsWith("java.util.concurrent.CompletableFuture");
    carries = stage || task || Work.class.isAssignableFrom(type);
    future = Future.class.isAssignableFrom(type);
    scheduled = RunnableScheduledFuture.class.isAssignableFrom(type);
    compared = Comparable.class.isAssignableFrom(type);
    serves = known.serves(type);
    shared = serves || known.isNobodys(name);
    keeps = known.keeps(name);
    inside =
        Queued.fields(type, task, name.startsWith("java.util.concurrent.") || known.wraps(name));
  }

  static TaskKind of(Object task) {
    return Infrastructure.kindOf(task);
  }
}
