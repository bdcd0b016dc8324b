package io.belay.agent.run;

import java.util.List;
import java.util.Set;

/**
 * Libraries whose own tasks keep shared state in order (a dispatcher's slots, a drain loop, a
 * selector): they are let run to their end although their run is stopped, and are refused at the
 * boundaries inside. Everybody else's queued tasks are not started.
 */
final class Infrastructure {
  private static final String[] PACKAGES = {
    "java.",
    "jdk.",
    "sun.",
    "javax.",
    "okhttp3.",
    "okio.",
    "io.netty.",
    "reactor.",
    "rx.",
    "io.reactivex.",
    "io.smallrye.mutiny.",
    "kotlin",
    "io.vertx.",
    "io.grpc.",
    "com.google.",
    "scala.",
    "akka.",
    "org.apache.",
    "org.eclipse.jetty.",
    "org.springframework.",
    "org.xnio.",
    "io.undertow.",
    "software.amazon.",
    "com.azure.",
    "com.zaxxer.",
    "com.github.benmanes.caffeine.",
  };

  /**
   * Of these, the ones whose tasks serve everybody: in an executor that they share with an
   * application they stay nobody's.
   */
  private static final String[] PLUMBING = {
    "io.netty.",
    "io.grpc.",
    "org.eclipse.jetty.",
    "org.apache.",
    "org.xnio.",
    "org.jboss.threads.",
    "io.undertow.",
    "akka.dispatch.",
    "kotlinx.coroutines.",
  };

  /** Tasks that serve whoever comes, for as long as there is a pool. */
  private static final Set<String> SERVING =
      Set.of(
          "org.eclipse.jetty.util.thread.ReservedThreadExecutor$ReservedThread",
          "org.eclipse.jetty.util.thread.strategy.AdaptiveExecutionStrategy",
          "org.eclipse.jetty.util.thread.strategy.EatWhatYouKill",
          "org.jboss.threads.EnhancedQueueExecutor$ThreadBody");

  /** Threads that serve whoever comes, although a run's thread started them. */
  private static final List<String> SHARED_THREADS =
      List.of(
          "java.util.TimerThread",
          "kotlinx.coroutines.scheduling.CoroutineScheduler$Worker",
          "java.util.concurrent.DelayScheduler",
          "java.util.concurrent.ForkJoinWorkerThread",
          "jdk.internal.net.http.HttpClientImpl$SelectorManager",
          "jdk.internal.misc.InnocuousThread",
          "io.netty.util.concurrent.FastThreadLocalThread",
          "okio.AsyncTimeout$Watchdog",
          "org.apache.tomcat.util.threads.TaskThread");

  private static final ClassValue<Boolean> MUST_FINISH =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isOf(PACKAGES, type);
        }
      };

  private static final ClassValue<Boolean> IS_PLUMBING =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isOf(PLUMBING, type);
        }
      };

  private static boolean isOf(String[] prefixes, Class<?> type) {
    String name = type.getName();
    if (name.startsWith("java.util.stream.")) {
      return false; // The stages of a stream do the application's work.
    }
    for (String prefix : prefixes) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private static final ClassValue<Boolean> SHARED =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            if (SHARED_THREADS.contains(c.getName())) {
              return true;
            }
          }
          return false;
        }
      };

  private Infrastructure() {}

  /** Whether the thread is a library's own, by its class or by what it is there to do. */
  static boolean isShared(Thread thread) {
    if (SHARED.get(thread.getClass())) {
      return true;
    }
    Object target = Target.of(thread);
    return target != null && IS_PLUMBING.get(target.getClass());
  }

  static boolean isServing(Class<?> task) {
    return SERVING.contains(task.getName());
  }

  static boolean isPlumbing(Object task) {
    return IS_PLUMBING.get(Queued.innermost(task).getClass());
  }

  static boolean mustFinish(Object task) {
    return MUST_FINISH.get(Queued.innermost(task).getClass());
  }
}
