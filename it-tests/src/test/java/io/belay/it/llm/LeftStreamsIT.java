package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What has come of a stream and nobody has read is spent when its reader leaves: by its size. */
class LeftStreamsIT {
  private static final List<String> CLIENTS = List.of("okhttp", "jdk", "web");
  private static final List<String> APACHE =
      List.of("apache-cancelled", "apache4-closed", "apache4-aborted", "apache4-released");
  private static final List<String> JETTY =
      List.of("jetty-closed", "jetty-aborted", "jetty-listener");
  private static final String OLDEST_JETTY = "jetty-client-12.0.0";
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  private static String body(int allowed) {
    return "{\"model\":\"m\",\"stream\":true,\"max_tokens\":"
        + allowed
        + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
  }

  /** What came of a client that asks often, reads so many events of each answer and leaves. */
  private record Left(String run, long made, long generated) {
    static Left of(Jvm jvm, String client, int times, int events, int allowed, int most) {
      AtomicLong ledger = new AtomicLong();
      AtomicInteger calls = new AtomicInteger();
      String key = Setting.unique(client);
      provider.answering(
          key,
          call -> {
            long tokens = Math.min(most, Wire.OPENAI.allowed(call.body()));
            call.stream();
            for (long i = 0; i < tokens; i++) {
              call.event(Wire.OPENAI.token());
            }
            ledger.addAndGet(tokens);
            if (client.equals("apache")) {
              call.end(); // It reads to the end, however long that takes.
            }
            jvm.cue(key, "sent " + calls.incrementAndGet());
          });
      String made =
          jvm.start(
                  StreamQuitter.class,
                  key,
                  client,
                  key,
                  provider.url(key) + "/v1/chat/completions",
                  body(allowed),
                  String.valueOf(times),
                  String.valueOf(events))
              .result();
      return new Left(key, Long.parseLong(made), ledger.get());
    }

    long booked(Jvm jvm) {
      return jvm.control().run(run).path("usage").path("outputTokens").asLong();
    }

    /** What has come and was on its way from one thread to another when its reader left is lost. */
    void isBooked(Jvm jvm, String client) {
      Await.until(client + ": booked", () -> booked(jvm) >= generated * 3 / 4);
      assertTrue(booked(jvm) <= generated * 6 / 5, () -> client + ": " + booked(jvm));
    }
  }

  @Scenario
  void areSpent(Setting setting) {
    areSpent(setting, CLIENTS);
  }

  @Scenario
  void areSpentOverApache(Setting setting) {
    areSpent(setting, APACHE);
  }

  @Scenario(libraries = {"newest", OLDEST_JETTY})
  void areSpentOverJetty(Setting setting) {
    areSpent(setting, JETTY);
  }

  /** Nobody can tell any more what has come of it. */
  @Scenario
  void areTakenForWholeWhereTheyAreForgotten(Setting setting) {
    Left free = Left.of(setting.withoutBelay(), "apache-dropped", 15, 0, 400, 400);
    assertEquals(6000, free.generated);

    Jvm belay =
        setting.withBelay("belay.budget.output-tokens=2000", "belay.budget.on-exceeded=refuse");
    assertEquals(2000, Left.of(belay, "apache-dropped", 15, 0, 400, 400).generated);
  }

  private static void areSpent(Setting setting, List<String> clients) {
    for (String client : clients) {
      Left free = Left.of(setting.withoutBelay(), client, 15, 0, 400, 400);
      assertEquals(15, free.made, client);
      assertEquals(6000, free.generated, client);

      Jvm belay =
          setting.withBelay("belay.budget.output-tokens=2000", "belay.budget.on-exceeded=refuse");
      Left limited = Left.of(belay, client, 15, 0, 400, 400);
      assertTrue(limited.generated <= 2400, () -> client + ": " + limited.generated);
      limited.isBooked(belay, client);
    }
  }

  /** Of Apache's client, where the response is closed. */
  @Scenario
  void areSpentWhereTheirClientReadsTheRest(Setting setting) {
    Left free = Left.of(setting.withoutBelay(), "apache", 15, 3, 400, 400);
    assertEquals(6000, free.generated);

    Jvm belay =
        setting.withBelay("belay.budget.output-tokens=2000", "belay.budget.on-exceeded=refuse");
    Left limited = Left.of(belay, "apache", 15, 3, 400, 400);
    assertEquals(2000, limited.generated);
    belay.control().over(limited.run);
    assertEquals(2000, limited.booked(belay));
  }

  /** Whoever breaks off pays for what was sent, and not for all that he has allowed. */
  @Scenario
  void areSpentAsFarAsTheyHaveCome(Setting setting) {
    areSpentAsFarAsTheyHaveCome(setting, CLIENTS);
  }

  @Scenario
  void areSpentAsFarAsTheyHaveComeOverApache(Setting setting) {
    areSpentAsFarAsTheyHaveCome(setting, APACHE);
  }

  @Scenario(libraries = {"newest", OLDEST_JETTY})
  void areSpentAsFarAsTheyHaveComeOverJetty(Setting setting) {
    areSpentAsFarAsTheyHaveCome(setting, JETTY);
  }

  private static void areSpentAsFarAsTheyHaveCome(Setting setting, List<String> clients) {
    for (String client : clients) {
      Left free = Left.of(setting.withoutBelay(), client, 12, 100, 4000, 200);
      assertEquals(2400, free.generated, client);

      Jvm belay =
          setting.withBelay("belay.budget.output-tokens=6400", "belay.budget.on-exceeded=refuse");
      Left left = Left.of(belay, client, 12, 100, 4000, 200);
      assertEquals(12, left.made, client);
      left.isBooked(belay, client);
    }
  }
}
