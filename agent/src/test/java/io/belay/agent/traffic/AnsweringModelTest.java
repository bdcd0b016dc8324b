package io.belay.agent.traffic;

import static io.belay.agent.rule.Limit.COST_USD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.rule.Limits;
import io.belay.agent.rule.OnExceeded;
import io.belay.agent.run.Policy;
import io.belay.agent.run.Spending;
import io.belay.api.BudgetExceededException;
import org.junit.jupiter.api.Test;

/** What a call costs that another model answers than the one it asked for. */
class AnsweringModelTest {
  private static final double MINI = (1000 * 0.15 + 100 * 0.6) / 1e6;
  private static final double DEAR = (1000 * 2.5 + 100 * 10) / 1e6;

  private static Sending ask(String model, String members) {
    return Sending.to(
        Sending.CHAT,
        "{\"model\":\"" + model + "\",\"messages\":[{\"content\":\"hello\"}]" + members + "}");
  }

  private static void answer(Sending call, String model) {
    call.tap().answered(200, "application/json", null);
    String usage = "\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":100}";
    call.chunk("{\"model\":\"" + model + "\"," + usage + "}").tap().done(null);
  }

  private static double cost(Rig rig) {
    return rig.runs.root().usage().costUsd();
  }

  private static Rig rig(double dollars) {
    return Rig.limited(OnExceeded.REFUSE, COST_USD, (long) (dollars * 1e12));
  }

  @Test
  void itCostsWhatTheModelDoesThatAnswers() {
    String[][] answers = {
      {"gpt-4o-mini", "gpt-4o"},
      {"gpt-4o", "openai/gpt-4o-mini"},
      {"gpt-4o-mini", "gpt-4o-mini-2024-07-18"},
      {"gpt-4o-mini", "house-model"},
      {"gpt-4o-mini", ""},
    };
    double[] costs = {DEAR, MINI, MINI, MINI, MINI};
    for (int i = 0; i < answers.length; i++) {
      Rig rig = rig(1);
      answer(rig.send(ask(answers[i][0], "")), answers[i][1]);
      assertEquals(costs[i], cost(rig), 1e-12, String.join(" by ", answers[i]));
      double left = rig.runs.root().remaining().get("cost-usd").doubleValue();
      assertEquals(1 - costs[i], left, 1e-12);
    }
  }

  @Test
  void aStreamOfADearerModelEndsAtTheLimit() {
    for (String model : new String[] {"gpt-4o-mini", "gpt-4o"}) {
      Rig rig = rig(0.01);
      Sending call = rig.send(ask("gpt-4o-mini", ",\"stream\":true")).stream();
      String chunk =
          "data: {\"model\":\""
              + model
              + "\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}]}\n\n";
      int sent = 0;
      while (call.aborts == 0 && sent < 3000) {
        call.chunk(chunk);
        sent++;
      }
      int last = sent;
      boolean dear = model.equals("gpt-4o");
      assertTrue(dear == (sent < 3000), () -> model + ": " + last);
      assertTrue(!dear || sent > 900 && sent * 10e-6 <= 0.01, () -> model + ": " + last);
    }
  }

  @Test
  void theDearestThatHasAnsweredIsSetAsideForTheNext() {
    Rig rig = rig(1);
    Sending first = rig.send(ask("gpt-4o-mini", ",\"max_tokens\":1000"));
    final double mini = rig.runs.root().reserved().get("cost-usd").doubleValue();
    answer(first, "gpt-4o");
    Sending second = rig.send(ask("gpt-4o-mini", ",\"max_tokens\":1000"));
    double dear = rig.runs.root().reserved().get("cost-usd").doubleValue();
    assertTrue(dear > 10 * mini, () -> mini + ", then " + dear);
    answer(second, "gpt-4o-mini");
    assertEquals(MINI + DEAR, cost(rig), 1e-12);
  }

  @Test
  void anAliasWithoutAPriceCostsWhatItsAnswerDoes() {
    Rig free = Rig.limited();
    answer(free.send(ask("house-model", "")), "gpt-4o");
    assertEquals(DEAR, cost(free), 1e-12);
    assertThrows(BudgetExceededException.class, () -> rig(1).send(ask("house-model", "")));
    Rig priced =
        new Rig(
            new Spending(
                Rig.limits(COST_USD, 1_000_000_000_000L), Limits.NONE, OnExceeded.STOP, 32),
            Policy.defaults(),
            new Pricing.Unknown(50_000_000));
    answer(priced.send(ask("house-model", ",\"max_tokens\":100")), "gpt-4o");
    assertEquals(DEAR, cost(priced), 1e-12);
  }
}
