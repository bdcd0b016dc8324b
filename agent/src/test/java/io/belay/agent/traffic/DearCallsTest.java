package io.belay.agent.traffic;

import static io.belay.agent.rule.Limit.COST_USD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.rule.OnExceeded;
import io.belay.api.BudgetExceededException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What calls cost that are dearer than text at the standard tier, before and after. */
class DearCallsTest {
  private static final String CLAUDE = "https://api.anthropic.com/v1/messages";
  private static final String USAGE = "\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":100";

  private static double cost(Rig rig) {
    return rig.runs.root().usage().costUsd();
  }

  private static double reserved(Rig rig) {
    return rig.runs.root().reserved().get("cost-usd").doubleValue();
  }

  private static Rig rig(double dollars) {
    return Rig.limited(OnExceeded.REFUSE, COST_USD, (long) (dollars * 1e12));
  }

  private static Sending answer(Sending call, String body) {
    call.tap().answered(200, "application/json", null);
    call.chunk(body).tap().done(null);
    return call;
  }

  @Test
  void theTierThatIsAskedForIsSetAsideAndTheOneThatIsNamedIsBooked() {
    double[] aside = new double[2];
    for (int i = 0; i < 2; i++) {
      Rig rig = rig(1);
      String tier = i == 0 ? "" : ",\"service_tier\":\"priority\"";
      Sending call = rig.send(Sending.chat(",\"max_tokens\":1000" + tier));
      aside[i] = reserved(rig);
      answer(
          call, "{" + USAGE + "},\"service_tier\":\"" + (i == 0 ? "priority" : "default") + "\"}");
      double rates = i == 0 ? 1000 * 4.25 + 100 * 17 : 1000 * 2.5 + 100 * 10;
      assertEquals(rates / 1e6, cost(rig), 1e-12);
    }
    assertEquals(1.7, aside[1] / aside[0], 0.001);
  }

  @Test
  void whereTheTierIsLeftOpenTheDearestThatWasSeenIsSetAside() {
    Rig rig = rig(1);
    Sending first = rig.send(Sending.chat(",\"max_tokens\":1000"));
    final double standard = reserved(rig);
    answer(first, "{" + USAGE + "},\"service_tier\":\"priority\"}");
    Sending second = rig.send(Sending.chat(",\"max_tokens\":1000"));
    assertTrue(reserved(rig) > 1.6 * standard, () -> standard + ", then " + reserved(rig));
    answer(second, "{" + USAGE + "}}");
    rig.send(Sending.chat(",\"max_tokens\":1000,\"service_tier\":\"default\""));
    assertTrue(reserved(rig) < 1.6 * standard, "named");
  }

  @Test
  void aStreamAtADearerTierThanWasSetAsideEndsAtTheLimit() {
    for (String tier : new String[] {"default", "priority"}) {
      Rig rig = rig(0.01);
      Sending call = rig.send(Sending.chat(",\"stream\":true")).stream();
      String chunk =
          "data: {\"service_tier\":\""
              + tier
              + "\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}]}\n\n";
      int sent = 0;
      while (call.aborts == 0 && sent < 900) {
        call.chunk(chunk);
        sent++;
      }
      int last = sent;
      boolean cut = tier.equals("priority");
      assertTrue(cut == (sent < 900), () -> tier + ": " + last);
      assertTrue(!cut || sent >= 500 && sent * 17e-6 <= 0.01, () -> tier + ": " + last);
    }
  }

  @Test
  void aStreamThatSearchesMoreThanWasSetAsideEndsAtTheLimit() {
    Rig rig = rig(0.1);
    String ask =
        "{\"model\":\"gpt-5\",\"stream\":true,\"max_output_tokens\":100,\"input\":\"Hi\","
            + "\"tools\":[{\"type\":\"web_search\"}]}";
    String url = "https://api.openai.com/v1/responses";
    Sending call = rig.send(Sending.to(url, ask)).stream();
    int searches = 0;
    while (call.aborts == 0 && searches < 50) {
      call.chunk(
          "data: {\"type\":\"response.output_item.done\",\"item\":{\"type\":\"web_search_call\","
              + "\"action\":{\"type\":\"search\"}}}\n\n");
      searches++;
    }
    assertEquals(10, searches, "ten of a cent each");
  }

  @Test
  void aLimitThatTextWouldKeepIsNotPassedByADearerTier() {
    Rig rig = rig(0.0125);
    Sending call = rig.send(Sending.chat(",\"max_tokens\":2000,\"service_tier\":\"priority\""));
    long allowed = call.number("max_tokens");
    assertTrue(allowed < 0.0125 / 17e-6 && allowed > 600, () -> "allowed " + allowed);
  }

  @Test
  void atATierThatHasNoPriceItCostsTheMostThatTiersDo() {
    Rig rig = rig(1);
    answer(rig.send(Sending.chat("")), "{" + USAGE + "},\"service_tier\":\"lightning\"}");
    assertEquals((1000 * 2.5 + 100 * 10) * 6 / 1e6, cost(rig), 1e-12);
  }

  @Test
  void aHeaderNamesTheTierToo() {
    Rig rig = rig(1);
    String url =
        "https://generativelanguage.googleapis.com/v1beta/models/gemini-3-flash:generateContent";
    Sending call =
        Sending.to(url, "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}]}")
            .header("X-Vertex-AI-LLM-Shared-Request-Type", "priority");
    rig.send(call);
    call.tap().header("x-gemini-service-tier", "priority");
    answer(
        call,
        "{\"candidates\":[{\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":"
            + "1000,\"candidatesTokenCount\":100}}");
    assertEquals((1000 * 0.9 + 100 * 5.4) / 1e6, cost(rig), 1e-12);
  }

  @Test
  void soundIsSetAsideAndBookedAsSound() {
    String ask =
        "{\"model\":\"gpt-audio\",\"max_tokens\":1000,\"modalities\":[\"text\",\"audio\"],"
            + "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\","
            + "\"input_audio\":{\"data\":\"UklGRg==\",\"format\":\"wav\"}}]}]}";
    Rig rig = rig(1);
    Sending call = rig.send(Sending.to(Sending.CHAT, ask));
    assertTrue(reserved(rig) >= (1600 * 32 + 1000 * 64) / 1e6, () -> "aside " + reserved(rig));
    answer(
        call,
        "{"
            + USAGE
            + ",\"prompt_tokens_details\":{\"audio_tokens\":900},"
            + "\"completion_tokens_details\":{\"audio_tokens\":80}}}");
    double cost = 100 * 2.5 + 900 * 32 + 20 * 10 + 80 * 64;
    assertEquals(cost / 1e6, cost(rig), 1e-12);
  }

  @Test
  void searchesAreSetAsideAndBooked() {
    String ask =
        "{\"model\":\"claude-opus-4-5\",\"max_tokens\":10,\"tools\":[{\"type\":"
            + "\"web_search_20250305\",\"name\":\"web_search\",\"max_uses\":3}],\"messages\":"
            + "[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    Rig rig = rig(0.031);
    Sending call = rig.send(Sending.to(CLAUDE, ask));
    assertTrue(reserved(rig) > 0.03);
    assertThrows(
        BudgetExceededException.class,
        () -> rig.send(Sending.to(CLAUDE, ask)),
        "no room for three");
    answer(
        call,
        "{\"type\":\"message\",\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":100,"
            + "\"output_tokens\":10,\"server_tool_use\":{\"web_search_requests\":2}}}");
    assertEquals((100 * 5 + 10 * 25) / 1e6 + 2 * 0.01, cost(rig), 1e-12);
  }

  @Test
  void aCallWithoutAnAnswerCountsAgainstLimitsWithAllItMayHaveHad() {
    Rig rig = rig(1);
    Sending call =
        Sending.chat(
            ",\"max_tokens\":1000,\"service_tier\":\"priority\",\"web_search_options\":{}");
    rig.send(call).tap().done(new IOException("reset"));
    double left = rig.runs.root().remaining().get("cost-usd").doubleValue();
    assertTrue(1 - left >= 1000 * 17e-6 + 0.025, () -> "left " + left);
  }

  @Test
  void oneRegionOfOpenAisIsDearer() {
    Rig rig = rig(1);
    String url = Sending.CHAT.replace("api.", "eu.api.");
    Sending call = Sending.to(url, "{\"model\":\"gpt-5.4\",\"messages\":[{\"content\":\"Hi\"}]}");
    answer(rig.send(call), "{" + USAGE + "}}");
    assertEquals((1000 * 2.5 + 100 * 15) * 1.1 / 1e6, cost(rig), 1e-12);
  }
}
