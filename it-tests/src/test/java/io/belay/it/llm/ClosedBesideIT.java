package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A stream over OkHttp that is closed while somebody reads it is not generated to its end. */
class ClosedBesideIT {
  private static final int TIMES = 5;
  private static final int TOKENS = 400;
  private static final String BODY =
      "{\"model\":\"m\",\"stream\":true,\"max_tokens\":"
          + TOKENS
          + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

  /** OkHttp's own, when it finds what such a close has left. */
  private static final String LEAKED = "WARNING: A connection to .* was leaked.*";

  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  /** Goes on after three tokens when the application has closed its stream. */
  private static long generated(Jvm jvm, String key) {
    AtomicLong ledger = new AtomicLong();
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger over = new AtomicInteger();
    jvm.expectLog(LEAKED);
    provider.answering(
        key,
        call -> {
          String closed = "closed " + calls.incrementAndGet();
          call.stream();
          for (int i = 0; i < TOKENS && call.event(Wire.OPENAI.token()); i++) {
            if (i == 3) {
              jvm.awaitMoment(key, closed);
            }
            ledger.incrementAndGet();
            LockSupport.parkNanos(1_000_000);
          }
          over.incrementAndGet();
        });
    String url = provider.url(key) + "/v1/chat/completions";
    assertEquals(
        "" + TIMES, jvm.start(BesideCloser.class, key, key, url, BODY, "" + TIMES).result());
    Await.until("all have ended", () -> over.get() == TIMES);
    return ledger.get();
  }

  @Scenario
  void isEnded(Setting setting) {
    long free = generated(setting.withoutBelay(), Setting.unique("control"));
    assertTrue(free > TIMES * TOKENS / 2, () -> "without: " + free);

    Jvm belay = setting.withBelay("belay.budget.output-tokens=100000");
    String run = Setting.unique("beside");
    long limited = generated(belay, run);
    assertTrue(limited < TIMES * TOKENS / 4, () -> "with: " + limited);
    belay.control().over(run);
  }
}
