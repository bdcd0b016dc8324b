package io.belay.agent;

/** Waits until the application's {@code main} runs. Called on a thread of ours. */
final class MainReached {
  private static final int PATIENCE_MILLIS = 5_000;

  private MainReached() {}

  /**
   * Looks at the lowest frame of the main thread: the launcher's until {@code main} is called.
   *
   * @param main the thread that {@code premain} was called on
   */
  static void await(Thread main) {
    for (int waited = 0; waited < PATIENCE_MILLIS; waited += 5) {
      StackTraceElement[] stack = main.getStackTrace();
      if (!main.isAlive() || (stack.length > 0 && isApplication(stack[stack.length - 1]))) {
        return;
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static boolean isApplication(StackTraceElement frame) {
    String name = frame.getClassName();
    return !name.startsWith("sun.") && !name.startsWith("jdk.") && !name.startsWith("java.");
  }
}
