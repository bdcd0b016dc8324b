package io.belay.it.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/**
 * What an application in the forked JVM may say to its test and hear from it. Uses nothing that
 * Belay weaves or wakes, so it does not disturb what is tested.
 */
public final class Script {
  private static final Map<String, Boolean> CUES = new ConcurrentHashMap<>();
  private static final Map<ExecutorService, Integer> POOLS = new ConcurrentHashMap<>();

  private Script() {}

  /** Tells the test that {@code moment} of {@code key} is reached. */
  public static void tell(String key, String moment) {
    Fork.say("moment", key, moment);
  }

  /**
   * Waits for {@link Jvm#cue}. Spins: a thread that waits would be woken when its run is stopped,
   * and this one stands for a thread that computes.
   */
  public static void await(String key, String cue) {
    while (!heard(key, cue)) {
      Thread.yield();
    }
  }

  /** Whether {@link Jvm#cue} was called. */
  public static boolean heard(String key, String cue) {
    return CUES.containsKey(key + ' ' + cue);
  }

  /** Names a pool of so many threads: after the scenario they must serve, and carry no run. */
  public static void pool(ExecutorService pool, int threads) {
    POOLS.put(pool, threads);
  }

  static void hear(String key, String cue) {
    CUES.put(key + ' ' + cue, true);
  }

  static Map<ExecutorService, Integer> pools() {
    POOLS.keySet().removeIf(ExecutorService::isShutdown);
    return POOLS;
  }

  static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    for (String word : line.split("\t", -1)) {
      words.add(java.net.URLDecoder.decode(word, java.nio.charset.StandardCharsets.UTF_8));
    }
    return words;
  }

  static String join(String... words) {
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      line.append(line.length() == 0 ? "" : "\t")
          .append(
              java.net.URLEncoder.encode(
                  String.valueOf(word), java.nio.charset.StandardCharsets.UTF_8));
    }
    return line.toString();
  }
}
