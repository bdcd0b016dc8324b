package io.belay.it.handoff;

import io.belay.api.Belay;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/** The forked JVM of {@link PinningIT}: many virtual threads of one run, recorded. */
final class PinningMain {
  private static final List<String> EVENTS =
      List.of("jdk.VirtualThreadPinned", "jdk.JavaMonitorEnter", "jdk.ClassLoad");

  private PinningMain() {}

  public static void main(String[] arguments) throws Exception {
    int threads = Integer.parseInt(arguments[0]);
    Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    StringBuilder missed = new StringBuilder();
    recorded(() -> missed.append(many(start, 1_000))); // What is loaded once, is loaded by this.
    List<RecordedEvent> events = recorded(() -> missed.append(many(start, threads)));
    List<RecordedEvent> control =
        recorded(
            () -> {
              CountDownLatch pinned = new CountDownLatch(1);
              start.invoke(null, (Runnable) () -> pin(pinned));
              pinned.await();
            });
    System.out.println("missed " + missed);
    System.out.println("control " + count(control, "jdk.VirtualThreadPinned", "PinningMain$Pins"));
    for (String name : EVENTS) {
      System.out.println(name + ' ' + count(events, name, "io.belay.agent."));
    }
    Runtime.getRuntime().halt(0);
  }

  private interface Step {
    void take() throws Exception;
  }

  private static List<RecordedEvent> recorded(Step step) throws Exception {
    Path file = Files.createTempFile("belay", ".jfr");
    try (Recording recording = new Recording()) {
      EVENTS.forEach(name -> recording.enable(name).withThreshold(Duration.ZERO).withStackTrace());
      recording.start();
      step.take();
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    Files.delete(file);
    return events;
  }

  /** Each gives its carrier up twice; answers how many did not work for the run. */
  private static String many(Method start, int threads) throws Exception {
    AtomicInteger strangers = new AtomicInteger();
    CountDownLatch over = new CountDownLatch(threads);
    Runnable body =
        () -> {
          for (int i = 0; i < 2; i++) {
            strangers.addAndGet(Belay.current().id().startsWith("many") ? 0 : 1);
            LockSupport.parkNanos(1);
          }
          over.countDown();
        };
    Belay.run(
        "many",
        () -> {
          for (int i = 0; i < threads; i++) {
            start.invoke(null, body);
          }
          over.await();
          return "";
        });
    return strangers.toString();
  }

  private static void pin(CountDownLatch pinned) {
    Pins.touch();
    pinned.countDown();
  }

  private static long count(List<RecordedEvent> events, String name, String frame) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals(name))
        .filter(event -> event.getThread() != null && event.getThread().getBoolean("virtual"))
        .filter(event -> passes(event.getStackTrace(), frame))
        .peek(event -> System.err.println(event))
        .count();
  }

  private static boolean passes(RecordedStackTrace trace, String frame) {
    return trace != null
        && trace.getFrames().stream()
            .anyMatch(at -> at.getMethod().getType().getName().contains(frame));
  }

  /** Whoever waits while a class is initialized keeps its carrier. */
  private static final class Pins {
    static {
      LockSupport.parkNanos(20_000_000);
    }

    private Pins() {}

    static void touch() {}
  }
}
