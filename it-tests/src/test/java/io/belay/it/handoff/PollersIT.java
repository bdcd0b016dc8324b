package io.belay.it.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.App;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The threads by which the JDK waits for the sockets of all virtual threads are nobody's, although
 * the first one that waits works for a run: a stop must not interrupt them.
 */
class PollersIT {
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  /** Reads a page on each of eight threads: virtual ones, where there are any. */
  static final class Reader implements App {
    @Override
    public String run(String... args) throws Exception {
      List<Future<byte[]>> all = new ArrayList<>();
      ExecutorService pool = pool();
      Callable<byte[]> page = () -> new URL(args[0]).openStream().readAllBytes();
      for (int i = 0; i < 8; i++) {
        all.add(pool.submit(page));
      }
      int bytes = 0;
      for (Future<byte[]> each : all) {
        bytes += each.get().length;
      }
      pool.shutdown();
      return String.valueOf(bytes);
    }

    private static ExecutorService pool() throws ReflectiveOperationException {
      return Runtime.version().feature() < 21
          ? Executors.newFixedThreadPool(8)
          : (ExecutorService)
              Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }
  }

  @Scenario
  void workForNoRun(Setting setting) {
    // A JVM of its own, in which nothing has waited so before.
    Jvm belay = setting.withBelay("belay.runs.keep=77");
    String first = Setting.unique("first");
    provider.answering(first, call -> call.answer(200, "text/plain", "0123456789"));
    assertEquals("80", belay.start(Reader.class, first, provider.url(first)).result());
    assertEquals("completed", belay.control().over(first).path("status").asText());

    String stopped = Setting.unique("stopped");
    var work = belay.start(Reader.class, stopped, provider.url(stopped));
    provider.await(stopped);
    belay.stop(stopped);
    assertTrue(work.fails()); // By the refusal, or woken while it waited for its threads.
    assertEquals(0, belay.control().report(stopped).path("alive").size());

    String after = Setting.unique("after");
    provider.answering(after, call -> call.answer(200, "text/plain", "0123456789"));
    assertEquals("80", belay.start(Reader.class, after, provider.url(after)).result());
  }
}
