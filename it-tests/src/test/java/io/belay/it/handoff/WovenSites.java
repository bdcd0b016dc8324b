package io.belay.it.handoff;

import static io.belay.it.handoff.Cells.expect;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That every place of the JDK's at which Belay carries runs is woven, on the JDK that runs this.
 */
final class WovenSites {
  private static final Set<String> HAND_OFFS =
      Set.of("thread", "executor", "fork-join", "timer", "completable-future");

  /** What Java 17 has not, and the newest has. */
  private static final Set<String> LATER =
      Set.of(
          "Thread.start, 2",
          "VirtualThread.start",
          "VirtualThread.run",
          "ForkJoinTask$InterruptibleTask.cancel",
          "ForkJoinPool.poolSubmit",
          "DelayScheduler.pend");

  private static final Pattern ROW =
      Pattern.compile("\"boundary\":\"([^\"]*)\",\"site\":\"([^\"]*)\",\"woven\":([0-9]+)");

  private WovenSites() {}

  /** One question for each place, asked of the JVM's own control plane. */
  static Map<String, Callable<String>> all() throws IOException {
    Map<String, Callable<String>> all = new LinkedHashMap<>();
    URL coverage =
        new URL("http://127.0.0.1:" + System.getProperty("belay.http.port") + "/coverage");
    String rows;
    try (InputStream in = coverage.openStream()) {
      rows = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (Matcher row = ROW.matcher(rows); row.find(); ) {
      if (HAND_OFFS.contains(row.group(1))) {
        String site = row.group(2);
        for (int again = 2; all.containsKey(site); again++) {
          site = row.group(2) + ", " + again; // Another method of that name.
        }
        String name = site;
        int woven = Integer.parseInt(row.group(3));
        all.put(name, () -> isWoven(name, woven));
      }
    }
    expect(true, all.size() > 50, "all places are looked at:");
    return all;
  }

  private static String isWoven(String site, int methods) {
    if (site.startsWith("Poller$Pollers.")) {
      return "loaded when a virtual thread first waits for a socket: see PollersIT";
    }
    boolean there = Runtime.version().feature() > 17 || !LATER.contains(site);
    expect(there, methods > 0, site + " is woven:");
    return there ? null : "Java 17 has no such method";
  }
}
