package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What providers receive from runs that may still have 3,000 tokens of output. */
class ClampIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MESSAGES = "/v1/messages";
  private static final String THINKING =
      "{'model':'claude','max_tokens':16000,'messages':[{'role':'user','content':'hello'}],"
          + "'thinking':{'type':'enabled','budget_tokens':10000}}";
  private static Provider provider;

  /**
   * A request and what becomes of it.
   *
   * @param asked its body, with apostrophes for quotation marks
   * @param received where the numbers are that the provider gets, and what they are
   */
  private record Case(String path, String asked, List<String> received) {
    Case(String path, String asked, String... received) {
      this(path, asked, List.of(received));
    }
  }

  private static final String CHAT = "/v1/chat/completions";
  private static final String HELLO = "'messages':[{'role':'user','content':'hello'}]";
  private static final String GEMINI = "/v1beta/models/gemini-2.5-pro:generateContent";
  private static final String CONTENTS = "'contents':[{'parts':[{'text':'hello'}]}]";

  private static final List<Case> CASES =
      List.of(
          new Case(CHAT, "{'model':'m','max_tokens':9000," + HELLO + "}", "/max_tokens=3000"),
          new Case(CHAT, "{'model':'m','max_tokens':90," + HELLO + "}", "/max_tokens=90"),
          // Each of several answers has its share.
          new Case(CHAT, "{'model':'m','n':4,'max_tokens':9000," + HELLO + "}", "/max_tokens=750"),
          new Case(CHAT, "{'model':'m','n':3," + HELLO + "}", "/max_tokens=1000"),
          new Case(
              "/v1/completions",
              "{'model':'m','prompt':['a','b'],'n':2,'max_tokens':9000}",
              "/max_tokens=750"),
          // Models that reason know the newer name alone.
          new Case(CHAT, "{'model':'o3'," + HELLO + "}", "/max_completion_tokens=3000"),
          new Case(
              CHAT,
              "{'model':'gpt-5','n':2,'max_completion_tokens':9000," + HELLO + "}",
              "/max_completion_tokens=1500"),
          new Case("/v1/responses", "{'model':'gpt-5','input':'hello'}", "/max_output_tokens=3000"),
          // Thinking stays below the limit that it comes out of.
          new Case(MESSAGES, THINKING, "/max_tokens=3000", "/thinking/budget_tokens=2250"),
          new Case(
              GEMINI,
              "{"
                  + CONTENTS
                  + ",'generationConfig':{'maxOutputTokens':9000,"
                  + "'thinkingConfig':{'thinkingBudget':8000}}}",
              "/generationConfig/maxOutputTokens=3000",
              "/generationConfig/thinkingConfig/thinkingBudget=2250"),
          new Case(
              GEMINI,
              "{" + CONTENTS + ",'generationConfig':{'candidateCount':2}}",
              "/generationConfig/maxOutputTokens=1500"),
          new Case(
              "/model/anthropic.claude-3/converse",
              "{'messages':[{'role':'user','content':[{'text':'hello'}]}]}",
              "/inferenceConfig/maxTokens=3000"),
          new Case(
              "/model/us.meta.llama3-3-70b/invoke",
              "{'prompt':'hello','max_gen_len':9000}",
              "/max_gen_len=3000"),
          new Case(
              "/api/chat",
              "{'model':'l'," + HELLO + ",'options':{'num_predict':-1}}",
              "/options/num_predict=3000"),
          new Case("/v2/chat", "{'model':'command-a'," + HELLO + "}", "/max_tokens=3000"));

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static Jvm limited(Setting setting) {
    return setting.withBelay("belay.budget.output-tokens=3000", "belay.budget.on-exceeded=refuse");
  }

  private static String post(Jvm jvm, String key, String path, String... bodies) {
    String[] args = new String[2 * bodies.length];
    for (int i = 0; i < bodies.length; i++) {
      args[2 * i] = provider.url(key) + path;
      args[2 * i + 1] = json(bodies[i]);
    }
    return jvm.start(Poster.class, key, args).result();
  }

  private static JsonNode received(Arrival call) {
    try {
      return JSON.readTree(call.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(call.body(), e);
    }
  }

  @Scenario
  void everyProviderIsAskedForNoMoreThanIsLeft(Setting setting) {
    for (Case each : CASES) {
      String control = Setting.unique("control");
      provider.answering(control, call -> call.answer(200, "application/json", "{}"));
      assertEquals("200", post(setting.withoutBelay(), control, each.path(), each.asked()));
      assertEquals(json(each.asked()), provider.arrivals(control).get(0).body());

      String run = Setting.unique("clamped");
      provider.answering(run, call -> call.answer(200, "application/json", "{}"));
      assertEquals("200", post(limited(setting), run, each.path(), each.asked()), each.asked());
      JsonNode body = received(provider.arrivals(run).get(0));
      for (String number : each.received()) {
        String[] expected = number.split("=");
        assertEquals(Long.parseLong(expected[1]), body.at(expected[0]).asLong(), body::toString);
      }
    }
  }

  /** 1,000 are left after the first: fewer than this model's thinking takes at least. */
  @Scenario
  void thinkingIsRefusedRatherThanStunted(Setting setting) {
    String run = Setting.unique("thinking");
    provider.answering(run, new Generator(Wire.ANTHROPIC, 2000, "")::answer);
    String plain = THINKING.replaceAll(",'thinking':.*}}", "}");
    assertEquals("200 refused 200", post(limited(setting), run, MESSAGES, plain, THINKING, plain));
    assertEquals(2, provider.requests(run));
    List<Arrival> arrivals = provider.arrivals(run);
    assertEquals(3000, received(arrivals.get(0)).path("max_tokens").asInt());
    assertEquals(1000, received(arrivals.get(1)).path("max_tokens").asInt());
  }

  /** 31 are left after the first: less than an answer that is worth asking for. */
  @Scenario
  void anAnswerIsRefusedRatherThanAStubOfIt(Setting setting) {
    String run = Setting.unique("stub");
    provider.answering(run, new Generator(Wire.OPENAI, 2969, "")::answer);
    String asked = "{'model':'m','max_tokens':9000," + HELLO + "}";
    assertEquals("200 refused", post(limited(setting), run, CHAT, asked, asked));
    assertEquals(1, provider.requests(run));
  }
}
