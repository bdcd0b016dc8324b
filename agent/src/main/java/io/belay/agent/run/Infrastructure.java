package io.belay.agent.run;

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
  };

  private static final ClassValue<Boolean> MUST_FINISH =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          for (String prefix : PACKAGES) {
            if (type.getName().startsWith(prefix)) {
              return true;
            }
          }
          return false;
        }
      };

  private Infrastructure() {}

  static boolean mustFinish(Object task) {
    return MUST_FINISH.get(task.getClass());
  }
}
