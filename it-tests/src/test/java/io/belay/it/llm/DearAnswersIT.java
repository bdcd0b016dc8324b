package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A limit of money holds for answers that are dearer than text at the standard tier. */
class DearAnswersIT {
  private static final double LIMIT = 0.05;
  private static final long INPUT = 11;
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  /** What the provider charges, in pico-dollars, and how often it answered. */
  private static final class Bill {
    private final AtomicLong pico = new AtomicLong();
    private final AtomicInteger answers = new AtomicInteger();

    void add(long nanos) {
      pico.addAndGet(nanos * 1000);
      answers.incrementAndGet();
    }

    double dollars() {
      return pico.get() / 1e12;
    }
  }

  /** Generates as much as it may, up to a length that nobody could pay several times. */
  private static long length(Wire wire, String body) {
    return Math.min(2000, wire.allowed(body));
  }

  private static void complete(Bill bill, Arrival call) {
    String body = call.body();
    long tokens = length(Wire.OPENAI, body);
    boolean sound = body.contains("\"audio\"");
    // Dollars per million tokens are thousands of nano-dollars for a thousandth of one.
    long nanos = sound ? INPUT * 2500 + tokens * 64_000 : INPUT * 2500 + tokens * 20_000;
    bill.add(nanos);
    String tier = sound ? "default" : "priority";
    String usage =
        "\"service_tier\":\"%s\",\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,"
                .formatted(tier, INPUT, tokens)
            + "\"total_tokens\":%d,\"completion_tokens_details\":{\"audio_tokens\":%d}}}"
                .formatted(INPUT + tokens, sound ? tokens : 0);
    String head = "{\"id\":\"c\",\"created\":1,\"model\":\"m\",\"object\":\"chat.completion";
    String choice = "{\"index\":0,\"finish_reason\":\"stop\",\"logprobs\":null,";
    if (!body.contains("\"stream\":true")) {
      String message = "\"message\":{\"role\":\"assistant\",\"content\":\"a\",\"refusal\":null}}";
      call.answer(
          200, "application/json", head + "\",\"choices\":[" + choice + message + "]," + usage);
      return;
    }
    call.stream();
    String chunk = head + ".chunk\",\"service_tier\":\"auto\",\"choices\":[";
    call.event(chunk + choice + "\"delta\":{\"content\":\"a\"}}]}");
    call.event(head + ".chunk\",\"choices\":[]," + usage);
    call.event("[DONE]");
    call.end();
  }

  private static void search(Bill bill, Arrival call) {
    long tokens = length(Wire.ANTHROPIC, call.body());
    bill.add(INPUT * 5000 + tokens * 25_000 + 2 * 10_000_000);
    call.answer(
        200,
        "application/json",
        Wire.ANTHROPIC
            .answer(INPUT, tokens)
            .replaceFirst(
                "\"usage\":\\{",
                "\"usage\":{\"service_tier\":\"standard\",\"server_tool_use\":"
                    + "{\"web_search_requests\":2,\"web_fetch_requests\":0},"));
  }

  private static Bill bill(String key, String what) {
    Bill bill = new Bill();
    provider.answering(
        key,
        call -> {
          if (what.equals("search")) {
            search(bill, call);
          } else {
            complete(bill, call);
          }
        });
    return bill;
  }

  private static void held(Setting setting, String what, int least) {
    String control = Setting.unique("control");
    Bill unlimited = bill(control, what);
    assertEquals(
        "4",
        setting
            .withoutBelay()
            .start(DearSpender.class, control, provider.url(control), "4", what)
            .result());
    assertTrue(unlimited.dollars() > LIMIT, () -> "spent " + unlimited.dollars());

    Jvm belay =
        setting.withBelay("belay.budget.cost-usd=" + LIMIT, "belay.budget.on-exceeded=refuse");
    String run = Setting.unique("dear");
    Bill bill = bill(run, what);
    String made = belay.start(DearSpender.class, run, provider.url(run), "4", what).result();
    JsonNode usage = belay.control().over(run).path("usage");
    assertTrue(bill.dollars() <= LIMIT, () -> "spent " + bill.dollars());
    assertTrue(bill.answers.get() >= least, () -> "answered " + bill.answers + ", made " + made);
    assertEquals(bill.dollars(), usage.path("costUsd").asDouble(), 1e-12, usage::toPrettyString);
  }

  @Scenario
  void priorityIsPaidAsSuch(Setting setting) {
    held(setting, "priority", 1);
  }

  @Scenario
  void andSoItIsWhereTheLastChunkNamesIt(Setting setting) {
    held(setting, "streamed priority", 1);
  }

  @Scenario
  void soundIsPaidAsSuch(Setting setting) {
    held(setting, "sound", 1);
  }

  @Scenario
  void searchesOfTheWebArePaid(Setting setting) {
    held(setting, "search", 1);
  }
}
