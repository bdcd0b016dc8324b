package io.belay.it.harness;

import io.belay.api.Belay;
import io.belay.api.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Looks at Belay from inside the forked JVM. Loaded only where the agent is. */
final class Probe {
  private static final Map<String, Run> RUNS = new ConcurrentHashMap<>();

  private Probe() {}

  static void began(String id) {
    RUNS.put(id, Belay.current());
  }

  static String answer(String command, String[] words) throws Exception {
    return switch (command) {
      case "stop" -> stop(words[1]);
      case "status" -> RUNS.get(words[1]).status().toString();
      case "pools" -> pools();
      case "runs" -> live();
      default -> throw new IllegalArgumentException(command);
    };
  }

  private static String stop(String id) {
    RUNS.get(id).stop("test");
    return "";
  }

  private static String live() {
    RUNS.values().removeIf(run -> run.status().ended());
    return String.join(" ", RUNS.keySet());
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
                      together.await(20, TimeUnit.SECONDS);
                      return Thread.currentThread().getName() + " carries " + Belay.current().id();
                    }));
      }
      for (Future<String> answer : answers) {
        String carried = answer.get(30, TimeUnit.SECONDS);
        if (!carried.endsWith(" carries jvm")) {
          found.add(carried);
        }
      }
    }
    return String.join("; ", found);
  }
}
