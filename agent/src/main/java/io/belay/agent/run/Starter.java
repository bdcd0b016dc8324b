package io.belay.agent.run;

import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * Who starts a thread. An executor that is given a task may start a worker for it, which goes on
 * with the tasks of others: that worker is nobody's, and the task carries its run itself.
 */
final class Starter {
  /** Frames: what lies between an executor's method and the start is its own bookkeeping. */
  private static final int DEEPEST = 16;

  private static final StackWalker WALKER =
      StackWalker.getInstance(Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE), DEEPEST);

  private Starter() {}

  /**
   * Whether the thread that is about to be started is a worker of an executor. The stack is looked
   * at, which takes a small part of what the start of a platform thread takes; a virtual thread is
   * never a worker.
   */
  static boolean isExecutor(Thread thread) {
    return !VirtualThreads.isVirtual(thread) && WALKER.walk(Starter::isHandingOver);
  }

  /** Up to the first task: whoever is inside one starts threads of the task's own. */
  private static boolean isHandingOver(Stream<StackWalker.StackFrame> frames) {
    return frames
        .limit(DEEPEST)
        .filter(frame -> isExecute(frame) || isTask(frame))
        .findFirst()
        .filter(Starter::isExecute)
        .isPresent();
  }

  private static boolean isTask(StackWalker.StackFrame frame) {
    return frame.getMethodName().equals("run") || frame.getMethodName().equals("call");
  }

  /**
   * Its parameter is where the task was given its run. Those of the JDK have boundaries of their
   * own, and frames of lambdas, which cannot be woven, are not shown.
   */
  private static boolean isExecute(StackWalker.StackFrame frame) {
    return frame.getMethodName().equals("execute")
        && frame.getDescriptor().equals("(Ljava/lang/Runnable;)V")
        && Executor.class.isAssignableFrom(frame.getDeclaringClass())
        && !frame.getClassName().startsWith("java.");
  }
}
