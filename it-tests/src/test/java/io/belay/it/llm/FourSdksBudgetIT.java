package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import io.belay.it.harness.Work;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * 64 threads that ask by four SDKs on one budget: no more is allowed to the provider at any moment
 * than the limit, and what is booked is what it generated.
 */
class FourSdksBudgetIT {
  private static final int ROUNDS = Integer.getInteger("belay.it.rounds", 3);
  private static final List<Wire> WIRES =
      List.of(Wire.OPENAI, Wire.ANTHROPIC, Wire.GEMINI, Wire.OPENAI);
  private static final String THREADS = "16";
  private static final String TURNS = "2";
  private static final long LIMIT = 400;
  private static final long CHILD = 120;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  /**
   * One ledger of all four wire formats, and one of each. All rounds ask at the same URLs, one
   * after the other, so that clients and their connections are made once.
   */
  private record Round(String run, Generator.Total all, List<Generator> each) {
    static Round begin(String name) {
      String run = Setting.unique(name);
      Generator.Total all = new Generator.Total();
      List<Generator> each = new ArrayList<>();
      for (int sdk = 0; sdk < WIRES.size(); sdk++) {
        Generator generator = new Generator(WIRES.get(sdk), 20, "").countedBy(all);
        provider.answering("sdk" + sdk, generator::answer);
        each.add(generator);
      }
      return new Round(run, all, each);
    }

    Work start(Jvm jvm, String child) {
      List<String> args = new ArrayList<>(List.of(run));
      for (int sdk = 0; sdk < WIRES.size(); sdk++) {
        args.add(provider.url("sdk" + sdk));
      }
      args.addAll(List.of(THREADS, TURNS, child));
      return jvm.start(FourSdks.class, run, args.toArray(new String[0]));
    }

    long output() {
      return each.stream().mapToLong(Generator::output).sum();
    }

    long input() {
      return each.stream().mapToLong(Generator::input).sum();
    }

    void assertBooked(Jvm belay) {
      JsonNode usage = belay.control().over(run).path("usage");
      assertEquals(output(), usage.path("outputTokens").asLong(), usage::toPrettyString);
      assertEquals(input(), usage.path("inputTokens").asLong(), usage::toPrettyString);
      assertFalse(usage.path("estimated").asBoolean(), usage::toPrettyString);
    }
  }

  @Scenario
  void sixtyFourThreadsByFourSdksNeverPassOneBudget(Setting setting) {
    Round free = Round.begin("control");
    assertEquals("128", free.start(setting.withoutBelay(), "").result());
    assertTrue(free.all().highest() > LIMIT);

    Jvm belay =
        setting.withBelay("belay.budget.output-tokens=" + LIMIT, "belay.budget.on-exceeded=refuse");
    for (int i = 0; i < ROUNDS; i++) {
      Round round = Round.begin("round");
      round.start(belay, "").result();
      assertTrue(round.all().highest() <= LIMIT, () -> "allowed " + round.all().highest());
      assertTrue(round.output() > 0);
      round.assertBooked(belay);
    }
  }

  /** Each SDK in a run of its own below, whose limits together are more than the parent's. */
  @Scenario
  void norTheBudgetsOfAParentAndOfItsChildren(Setting setting) {
    Jvm belay =
        setting.withBelay("belay.budget.output-tokens=" + LIMIT, "belay.budget.on-exceeded=refuse");
    for (int i = 0; i < ROUNDS; i++) {
      Round round = Round.begin("family");
      round.start(belay, String.valueOf(CHILD)).result();
      assertTrue(round.all().highest() <= LIMIT, () -> "allowed " + round.all().highest());
      for (int sdk = 0; sdk < WIRES.size(); sdk++) {
        long highest = round.each().get(sdk).highest();
        assertTrue(highest <= CHILD, () -> "allowed a child " + highest);
        JsonNode child = belay.control().over(round.run() + "-" + sdk).path("usage");
        assertEquals(round.each().get(sdk).output(), child.path("outputTokens").asLong());
      }
      round.assertBooked(belay);
    }
  }

  @Scenario
  void aBudgetLoweredWhileTheyCallHoldsFromThenOn(Setting setting) throws IOException {
    Jvm belay =
        setting.withBelay("belay.budget.output-tokens=" + LIMIT, "belay.budget.on-exceeded=refuse");
    int lowered = 0;
    for (int i = 0; lowered < ROUNDS; i++) {
      assertTrue(i < 10 * ROUNDS, "The rounds are over before their budget can be lowered.");
      Round round = Round.begin("lowered");
      long lower = 100 + 10 * (i % 10);
      Work work = round.start(belay, "");
      Await.until("something was asked", () -> round.all().highest() > 0);
      HttpResponse<String> answer =
          belay
              .control()
              .request(
                  "POST", "/runs/" + round.run() + "/budget", "{\"output-tokens\":" + lower + "}");
      if (answer.statusCode() != 200) {
        assertEquals(409, answer.statusCode(), answer::body); // This round was over before.
        work.result();
        continue;
      }
      lowered++;
      JsonNode then = JSON.readTree(answer.body());
      // What was set aside is read before what was used: this is no less than both were then.
      long given =
          then.path("usage").path("outputTokens").asLong()
              + then.path("reserved").path("output-tokens").asLong();
      work.result();
      assertTrue(round.all().highest() <= LIMIT, () -> "allowed " + round.all().highest());
      assertTrue(
          round.output() <= Math.max(lower, given),
          () -> "made " + round.output() + " of " + lower + ", given " + given);
      round.assertBooked(belay);
    }
  }
}
