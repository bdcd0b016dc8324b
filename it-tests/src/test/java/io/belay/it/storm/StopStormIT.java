package io.belay.it.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The guarantee, thousands of times: see the package's description. */
class StopStormIT {
  /** As many as a minute allows, up to this; with the property, exactly so many. */
  private static final int MOST = Integer.getInteger("belay.it.stops", 10_000);

  private static final int LEAST = Integer.getInteger("belay.it.stops", 1_000);
  private static final int SECONDS = 60;
  private static final int CONTROLS = 300;

  /** What came of all stops of a storm. */
  private record Count(
      int stops,
      int begunLate,
      int wentThrough,
      int unaccounted,
      int backDoor,
      int inFlight,
      int refused) {}

  @Scenario
  void noCallBeginsAfterAStopAndNoneIsForgotten(Setting setting) {
    try (Provider provider = Provider.start()) {
      Count control = storm(setting.withoutBelay(), provider, CONTROLS, CONTROLS);
      System.out.println("without Belay, " + setting + ": " + control);
      assertTrue(control.wentThrough > 1000, control::toString);
      assertTrue(control.unaccounted > 1000, control::toString);

      Count belay = storm(setting.withBelay(), provider, LEAST, MOST);
      System.out.println("with Belay, " + setting + ": " + belay);
      assertTrue(belay.stops >= LEAST, belay::toString);
      // How many threads are still about to call when a stop is acknowledged, or in a call when it
      // comes, is the machine's affair.
      assertTrue(belay.begunLate > 0, belay::toString);
      assertTrue(belay.refused > LEAST, belay::toString);
      assertTrue(belay.inFlight > 0, belay::toString);
      assertEquals(0, belay.wentThrough, belay::toString);
      assertEquals(0, belay.unaccounted, belay::toString);
      assertEquals(0, belay.backDoor, belay::toString);
    }
  }

  private static Count storm(Jvm jvm, Provider provider, int least, int most) {
    String key = Setting.unique("storm");
    provider.answering("tick", call -> call.answer(200, "text/plain", "" + provider.tick()));
    provider.answering(key, StopStormIT::answer);
    int controlPort = jvm.hasBelay() ? jvm.control().port() : 0;
    String[] lines =
        jvm.startOutside(
                Storm.class,
                "" + least,
                "" + most,
                "" + SECONDS,
                "" + provider.port(),
                key,
                "" + controlPort,
                "" + System.nanoTime())
            .resultWithin(java.time.Duration.ofMinutes(30))
            .split("\n");
    return count(List.of(lines), provider.arrivals(key));
  }

  /** Most answers come at once, some after a while: there is always something in flight. */
  private static void answer(Arrival call) {
    int length = call.path().hashCode() & 7;
    if (length < 3) {
      LockSupport.parkNanos(1_000_000L << length);
    }
    call.answer(200, "text/plain", "x".repeat(100));
  }

  private static Count count(List<String> lines, List<Arrival> arrivals) {
    Map<String, Map<Integer, Arrival>> byRun = new HashMap<>();
    for (Arrival arrival : arrivals) {
      String[] path = arrival.path().split("/");
      byRun
          .computeIfAbsent(path[2], none -> new HashMap<>())
          .put(Integer.valueOf(path[3]), arrival);
    }
    int begunLate = 0;
    int wentThrough = 0;
    int unaccounted = 0;
    int inFlight = 0;
    int refused = 0;
    int last = lines.size() - 1;
    for (String line : lines.subList(0, last)) {
      Verdict verdict = Verdict.parse(line);
      Map<Integer, Arrival> arrived = byRun.getOrDefault(verdict.id(), Map.of());
      begunLate += verdict.lateHttp().size() + verdict.lateSql();
      wentThrough += verdict.executedLate();
      unaccounted += verdict.unaccounted();
      inFlight += verdict.inFlight();
      refused += verdict.refused();
      for (Map.Entry<Integer, Arrival> call : arrived.entrySet()) {
        wentThrough += verdict.lateHttp().contains(call.getKey()) ? 1 : 0;
        boolean wentOn = call.getValue().answeredAt() > verdict.ackHttp();
        unaccounted += wentOn && !verdict.reported().contains(call.getKey()) ? 1 : 0;
      }
    }
    int backDoor = Integer.parseInt(lines.get(last).replace("backdoor ", ""));
    return new Count(last, begunLate, wentThrough, unaccounted, backDoor, inFlight, refused);
  }
}
