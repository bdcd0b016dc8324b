package io.belay.it.harness;

import io.belay.api.Belay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Looks at Belay from inside the forked JVM. Loaded only where the agent is. */
final class Probe {
  private static final String SLEEP = "java.lang.Thread.sleep";

  private Probe() {}

  static String answer(String command) throws Exception {
    if (command.equals("pools")) {
      return pools();
    }
    if (command.equals("asleep")) {
      return String.valueOf(
          Thread.getAllStackTraces().entrySet().stream()
              .filter(each -> !each.getKey().isDaemon() && each.getValue().length > 0)
              .map(each -> each.getValue()[0])
              .anyMatch(top -> (top.getClassName() + '.' + top.getMethodName()).startsWith(SLEEP)));
    }
    throw new IllegalArgumentException(command);
  }

  /** Every thread of every pool, held at a barrier: who carries a run, and who does not come? */
  private static String pools() throws Exception {
    List<String> found = new ArrayList<>();
    for (Map.Entry<ExecutorService, Integer> pool : Script.pools().entrySet()) {
      int threads = pool.getValue();
      CyclicBarrier together = new CyclicBarrier(threads);
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        answers.add(
            pool.getKey()
                .submit(
                    () -> {
                      together.await(60, TimeUnit.SECONDS);
                      return Thread.currentThread().getName() + " carries " + Belay.current().id();
                    }));
      }
      for (Future<String> answer : answers) {
        String carried = answer.get(80, TimeUnit.SECONDS);
        if (!carried.endsWith(" carries jvm")) {
          found.add(carried);
        }
      }
    }
    return String.join("; ", found);
  }
}
