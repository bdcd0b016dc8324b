package io.belay.agent.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {
  private static final Usage MILLION = new Usage(1_000_000, 1_000_000, 0, 0, 0, 0, false);

  @ParameterizedTest
  @CsvSource({
    "'',gpt-4o,12.5",
    "openai,gpt-4o-2024-08-06,12.5",
    "azure,gpt-4o,12.5",
    "'',claude-opus-4-5-20251101,30",
    "anthropic,claude-opus-4-5@20251101,30",
    "google,claude-opus-4-5@20251101,30",
    "aws,us.anthropic.claude-opus-4-5-20251101-v1:0,33",
    "aws,global.anthropic.claude-opus-4-5-20251101-v1:0,30",
    "aws,arn:aws:bedrock:us-east-1:123:inference-profile/us.anthropic.claude-opus-4-5-20251101"
        + "-v1:0,33",
    "openrouter,openai/gpt-5.4,17.5",
    "'',models/gemini-2.5-flash-lite,0.5",
  })
  void modelsAreFoundUnderTheNamesThatProvidersGiveThem(
      String provider, String model, String dollars) {
    Usage usage = new Usage(100_000, 1_000_000, 0, 0, 0, 0, false);
    Price price = Prices.shipped().find(provider, model).orElseThrow();
    long rates = price.input() + price.output();
    assertEquals(dollars, Price.dollars(rates * 1_000_000).toPlainString());
    assertEquals(price.input() * 100_000 + price.output() * 1_000_000, price.picoDollars(usage));
  }

  @Test
  void whatIsNotInTheTableHasNoPrice() {
    for (String model : new String[] {"", " ", "my-deployment", "gpt", "llm", "claude"}) {
      assertTrue(Prices.shipped().find(model).isEmpty(), model);
    }
  }

  @Test
  void everyRowIsReadAndNoneIsNegative() {
    Price dear = Prices.shipped().find("openai", "gpt-4o").orElseThrow();
    assertEquals(16384, dear.maxOutput());
    assertEquals("openai", Prices.providerOf("api.openai.com:443"));
    assertEquals("azure", Prices.providerOf("x.openai.azure.com"));
    assertEquals("aws", Prices.providerOf("bedrock-runtime.us-east-1.amazonaws.com"));
    assertEquals("", Prices.providerOf("localhost"));
  }

  @Test
  void cachesHoursAndTiersHaveTheirOwnRates() {
    Price sonnet = Prices.shipped().find("anthropic", "claude-sonnet-4-5").orElseThrow();
    Usage usage = new Usage(100_000, 1000, 50_000, 30_000, 10_000, 400, false);
    // 20k fresh at 3, 50k read at 0.3, 20k written at 3.75, 10k for an hour at 6, 1k out at 15.
    assertEquals("0.225", Price.dollars(sonnet.picoDollars(usage)).toPlainString());
    Usage longer = new Usage(300_000, 1000, 0, 0, 0, 0, false);
    assertEquals("1.8225", Price.dollars(sonnet.picoDollars(longer)).toPlainString());
    assertEquals(22_500_000, sonnet.worstOutputRate(300_000));
    Usage absurd = new Usage(Long.MAX_VALUE, 1, 0, 0, 0, 0, false);
    assertEquals(Long.MAX_VALUE, sonnet.picoDollars(absurd));
  }

  @Test
  void anOverrideInLiteLlmsFormatGoesFirst() {
    String json =
        """
        {
          "sample_spec": {"input_cost_per_token": "number", "mode": "one of: chat"},
          "gpt-4o": {"litellm_provider": "openai", "input_cost_per_token": 1e-06,
            "output_cost_per_token": 0.0000021234567, "max_output_tokens": 99, "mode": "chat",
            "output_cost_per_reasoning_token": 3e-6, "supported": ["a", {"b": 1}],
            "input_cost_per_token_above_200k_tokens": 5e-6, "cache_read_input_token_cost": null},
          "azure/house-model": {"litellm_provider": "azure", "input_cost_per_token": 7e-6},
          "dall-e": {"litellm_provider": "openai", "input_cost_per_image": 0.04}
        }
        """;
    Prices prices = Prices.shipped().overriddenBy(new StringReader(json), "prices.json");
    Price mine = prices.find("openai", "gpt-4o-2024-08-06").orElseThrow();
    assertEquals(1_000_000, mine.input());
    assertEquals(2_123_457, mine.output());
    assertEquals(3_000_000, mine.reasoning());
    assertEquals(99, mine.maxOutput());
    assertEquals(5_000_000, mine.tiers().get(0).input());
    assertEquals(7_000_000, prices.find("azure", "house-model").orElseThrow().input());
    assertEquals(7_000_000, prices.find("House-Model").orElseThrow().input());
    assertTrue(prices.find("dall-e").isEmpty());
    assertTrue(prices.find("anthropic", "claude-opus-4-5").isPresent());
    assertEquals(
        Prices.shipped().find("mistral", "mistral-nemo"), prices.find("mistral", "mistral-nemo"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\\n \"m\": {\"input_cost_per_token\": \"free\"}}|p.json:2:32: ",
        "{\\n \"m\": 5}|p.json:2:7: expected an object",
        "[]|p.json:1:1: expected an object of models",
        "{\"m\":{\"input_cost_per_token\": 3.0}}|p.json:1:31: ",
        "{\"m\":{\\n\\n\"input_cost_per_token\": }}|p.json:3:",
        "{} {}|p.json:1:4: expected nothing",
      })
  void aBadFileIsSaidToBeSoWithItsPlace(String json, String start) {
    String text = json.replace("\\n", "\n");
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Prices.shipped().overriddenBy(new StringReader(text), "p.json"))
            .getMessage();
    assertTrue(message.startsWith(start), message);
  }

  @Test
  void usageAddsUp() {
    Usage sum = MILLION.plus(new Usage(1, 2, 3, 4, 5, 6, true));
    assertEquals(new Usage(1_000_001, 1_000_002, 3, 4, 5, 6, true), sum);
    assertEquals(Long.MAX_VALUE, new Usage(Long.MAX_VALUE, 1, 0, 0, 0, 0, false).total());
    assertEquals(
        new Usage(5, 9, 0, 0, 0, 0, true),
        new Usage(5, 1, 0, 0, 0, 0, false).atLeast(Usage.estimate(2, 9)));
  }
}
