package io.belay.agent.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {
  private static final Asked NOTHING = asked("{}");

  private static Asked asked(String json) {
    Dialect chat =
        Dialects.standard().match("POST", "h", 443, "/v1/chat/completions").orElseThrow();
    return chat.read(Sample.utf8(json), "/v1/chat/completions", "").asked();
  }

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
    long rates = price.standard().input() + price.standard().output();
    assertEquals(dollars, Price.dollars(rates * 1_000_000).toPlainString());
    assertEquals(
        price.standard().input() * 100_000 + price.standard().output() * 1_000_000,
        price.picoDollars(usage));
  }

  @Test
  void whatIsNotInTheTableHasNoPrice() {
    for (String model : new String[] {"", " ", "my-deployment", "gpt", "llm", "claude"}) {
      assertTrue(Prices.shipped().find(model).isEmpty(), model);
    }
  }

  /** Empty: the price of the one asked for stays. */
  @ParameterizedTest
  @CsvSource({
    "'',gpt-4o-mini,gpt-4o,12.5",
    "'',gpt-4o,gpt-4o-mini,0.75",
    "openrouter,openrouter/auto,openai/gpt-5.4,17.5",
    "azure,my-deployment,gpt-4o-2024-08-06,12.5",
    "openai,gpt-4o,gpt-4o-2024-08-06,''",
    "openai,gpt-4o,gpt-4o,''",
    "openai,gpt-4o,house-model,''",
    "google,claude-opus-4-5@20251101,claude-opus-4-5-20251101,''",
    "aws,us.anthropic.claude-opus-4-5-20251101-v1:0,claude-opus-4-5-20251101,''",
    "'',us.anthropic.claude-opus-4-5-20251101-v1:0,claude-opus-4-5-20251101,''",
    "'',claude-haiku-4-5,claude-opus-4-5-20251101,30",
  })
  void theModelThatAnswersHasItsOwnPrice(
      String provider, String asked, String answered, String dollars) {
    String found =
        Prices.shipped()
            .find(provider, asked, answered)
            .map(price -> price.standard().input() + price.standard().output())
            .map(rates -> Price.dollars(rates * 1_000_000).toPlainString())
            .orElse("");
    assertEquals(dollars, found);
  }

  @Test
  void aPriceOfTheUsersOwnStandsWhoeverAnswers() {
    String json =
        "{\"gpt-4o-mini\":{\"input_cost_per_token\":1e-7,\"output_cost_per_token\":1e-7}}";
    Prices prices = Prices.shipped().overriddenBy(new StringReader(json), "p.json");
    assertTrue(prices.find("openai", "gpt-4o-mini", "gpt-4o").isEmpty());
    assertTrue(prices.find("", "openai/gpt-4o-mini-2024-07-18", "gpt-4o").isEmpty());
    Price mini = prices.find("openai", "gpt-4o", "gpt-4o-mini").orElseThrow();
    assertEquals(100_000, mini.standard().input());
  }

  /** As where all of LiteLLM's file is given. */
  @Test
  void unlessTheUserHasADearerOneForTheModelThatAnswers() {
    String json =
        "{\"mini\":{\"input_cost_per_token\":1e-7,\"output_cost_per_token\":1e-7},"
            + "\"big\":{\"input_cost_per_token\":5e-7,\"output_cost_per_token\":1e-7}}";
    Prices prices = Prices.shipped().overriddenBy(new StringReader(json), "p.json");
    assertEquals(500_000, prices.find("", "mini", "big").orElseThrow().standard().input());
    assertTrue(prices.find("", "big", "mini").isEmpty());
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
    assertEquals(22_500_000, sonnet.worstOutputRate(300_000, NOTHING));
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
    assertEquals(1_000_000, mine.standard().input());
    assertEquals(2_123_457, mine.standard().output());
    assertEquals(3_000_000, mine.standard().reasoning());
    assertEquals(99, mine.maxOutput());
    assertEquals(5_000_000, mine.levels().get(1).rates().input());
    assertEquals(7_000_000, prices.find("azure", "house-model").orElseThrow().standard().input());
    assertEquals(7_000_000, prices.find("House-Model").orElseThrow().standard().input());
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
    assertEquals(Long.MAX_VALUE, new Usage(Long.MAX_VALUE, 1, 0, 0, 0, 0, false).total());
    assertEquals(
        new Usage(5, 9, 0, 0, 0, 0, true),
        new Usage(5, 1, 0, 0, 0, 0, false).atLeast(Usage.estimate(2, 9)));
  }

  private static Usage served(long input, long output, Extra extra) {
    return new Usage(input, output, 0, 0, 0, 0, false, extra);
  }

  private static String dollars(Price price, Usage usage) {
    return Price.dollars(price.picoDollars(usage)).toPlainString();
  }

  @ParameterizedTest
  @CsvSource({
    "openai,gpt-5.6,FLEX,100000,0.265",
    "openai,gpt-5.6,UNSAID,100000,0.53",
    "openai,gpt-5.6,STANDARD,100000,0.53",
    "openai,gpt-5.6,PRIORITY,100000,1.06",
    "openai,gpt-5.6,STANDARD,300000,3.045",
    // Of flex and priority no table says what long input costs: no discount, the same surcharge.
    "openai,gpt-5.6,FLEX,300000,3.045",
    "openai,gpt-5.6,PRIORITY,300000,6.09",
    "google,gemini-3-pro-preview,PRIORITY,300000,2.1924",
    // Without a price of the tier: the most that is known of any.
    "openai,o1,PRIORITY,100000,3.9",
    "openai,gpt-5.6,FAST,100000,3.18",
    "openai,gpt-5.6,OTHER,100000,3.18",
    "anthropic,claude-opus-5,FAST,100000,1.05",
    "anthropic,claude-opus-5,OTHER,100000,3.15",
  })
  void tiersOfServiceHaveTheirOwnRates(
      String provider, String model, Service service, long input, String dollars) {
    Price price = Prices.shipped().find(provider, model).orElseThrow();
    Usage usage = served(input, 1000, Extra.NONE.at(service, false));
    assertEquals(dollars, dollars(price, usage));
    Asked asked = NOTHING.at(service);
    if (service != Service.FLEX && service != Service.UNSAID) {
      long worst = price.worstInputRate(input, asked) * input;
      worst += price.worstOutputRate(input, asked) * 1000;
      assertTrue(worst >= price.picoDollars(usage), "set aside");
    }
  }

  @Test
  void soundPicturesSearchesAndRegionsHaveTheirOwnRates() {
    Price flash = Prices.shipped().find("google", "gemini-2.5-flash").orElseThrow();
    Extra extra = new Extra(Service.STANDARD, false, 800, 0, 300, 0, 4);
    Usage heard = new Usage(1000, 100, 400, 0, 0, 50, false, extra);
    // 100 of text at 0.3, 100 read at 0.03, 500 heard at 1, 300 heard before at 0.1, all searches.
    assertEquals("0.035813", dollars(flash, heard));
    Price spoken = Prices.shipped().find("openai", "gpt-audio").orElseThrow();
    Extra speech = new Extra(Service.STANDARD, false, 100, 90, 0, 0, 0);
    assertEquals("0.00926", dollars(spoken, served(100, 120, speech)));
    Price painted = Prices.shipped().find("google", "gemini-2.5-flash-image").orElseThrow();
    Extra picture = new Extra(Service.STANDARD, false, 0, 0, 0, 1290, 0);
    assertEquals("0.038725", dollars(painted, served(0, 1300, picture)));
    Price gpt = Prices.shipped().find("openai", "gpt-4o-search-preview").orElseThrow();
    Usage searched = served(0, 0, Extra.NONE.searched(1));
    assertEquals("0.035", dollars(gpt.searching(Asked.Size.MEDIUM), searched));
    assertEquals("0.05", dollars(gpt.searching(Asked.Size.HIGH), searched));
    Price opus = Prices.shipped().find("anthropic", "claude-opus-4-6").orElseThrow();
    Extra american = new Extra(Service.FAST, true, 0, 0, 0, 0, 2);
    assertEquals("3.32", dollars(opus, served(100_000, 0, american)));
    Price sonar = Prices.shipped().find("perplexity", "sonar").orElseThrow();
    assertEquals("0.012002", dollars(sonar, served(1, 1, Extra.NONE)));
    assertEquals("0", dollars(sonar, Usage.NONE));
    Price nobodys = Price.flat(1);
    assertEquals("0.1", dollars(nobodys, served(0, 0, Extra.NONE.searched(2))), "dearest known");
  }

  @ParameterizedTest
  @CsvSource({
    "input_cost_per_token_priority,3e-6,PRIORITY,0.036",
    "output_cost_per_token_priority,4e-6,PRIORITY,0.024",
    "output_cost_per_token_priority,1e-6,PRIORITY,0.011",
    "input_cost_per_token_flex,5e-7,FLEX,0.0025",
  })
  void aTierOfWhichOnlyOneRateIsKnownHasThatOneAndTheOtherRisesWithIt(
      String key, String rate, Service service, String dollars) {
    String json =
        "{\"m\":{\"input_cost_per_token\":1e-6,\"output_cost_per_token\":2e-6,\"%s\":%s}}"
            .formatted(key, rate);
    Prices prices = Prices.shipped().overriddenBy(new StringReader(json), "p.json");
    Usage usage = served(10_000, 1000, Extra.NONE.at(service, false));
    if (service == Service.FLEX) {
      usage = served(1000, 1000, Extra.NONE.at(service, false));
    }
    assertEquals(dollars, dollars(prices.find("m").orElseThrow(), usage));
  }

  @Test
  void anOverrideHasTiersSoundPicturesAndSearches() {
    String json =
        """
        {"gpt-5": {"litellm_provider": "openai", "input_cost_per_token": 1e-6,
            "output_cost_per_token": 2e-6, "input_cost_per_token_priority": 3e-6,
            "output_cost_per_token_priority": 5e-6, "cache_read_input_token_cost": 5e-7,
            "input_cost_per_token_above_200k_tokens": 2e-6,
            "input_cost_per_token_above_200k_tokens_priority": 7e-6,
            "output_cost_per_token_above_200k_tokens_priority": 9e-6,
            "input_cost_per_token_flex": 5e-7, "output_cost_per_token_flex": 1e-6,
            "input_cost_per_token_batches": 1e-9,
            "input_cost_per_audio_token": 1e-5, "output_cost_per_audio_token": 2e-5,
            "cache_read_input_audio_token_cost": 4e-6, "output_cost_per_image_token": 3e-5,
            "regional_processing_uplift_multiplier_eu": 1.2},
         "gemini-x": {"litellm_provider": "gemini", "input_cost_per_token": 0,
            "output_cost_per_token": 0, "search_context_cost_per_query":
            {"search_context_size_low": 0.01, "search_context_size_medium": 0.02,
             "search_context_size_high": 0.03}},
         "claude-x": {"litellm_provider": "anthropic", "input_cost_per_token": 1e-6,
            "output_cost_per_token": 2e-6, "provider_specific_entry": {"fast": 3.0, "us": 1.1}}}
        """;
    Prices prices = Prices.shipped().overriddenBy(new StringReader(json), "p.json");
    Price mine = prices.find("openai", "gpt-5").orElseThrow();
    long m = 1_000_000;
    assertEquals(5 * m, mine.picoDollars(served(3, 1, Extra.NONE)));
    assertEquals(14 * m, mine.picoDollars(served(3, 1, Extra.NONE.at(Service.PRIORITY, false))));
    assertEquals(5 * m / 2, mine.picoDollars(served(3, 1, Extra.NONE.at(Service.FLEX, false))));
    long many = 200_001;
    Extra priority = Extra.NONE.at(Service.PRIORITY, false);
    assertEquals((7 * many + 9) * m, mine.picoDollars(served(many, 1, priority)));
    Extra all = new Extra(Service.STANDARD, false, 2, 3, 1, 4, 1);
    // The shipped table's price of a search stands where the file has none.
    long expected = (1 + 10 + 4 + 2 + 60 + 120) * m + 10_000 * m;
    assertEquals(expected, mine.picoDollars(new Usage(3, 8, 1, 0, 0, 0, false, all)));
    assertEquals(6 * m, mine.inRegion().picoDollars(served(3, 1, Extra.NONE)));
    Price once = prices.find("google", "gemini-x").orElseThrow();
    Usage searched = served(0, 0, Extra.NONE.searched(3));
    assertEquals(20_000 * m, once.searching(Asked.Size.MEDIUM).picoDollars(searched));
    assertEquals(30_000 * m, once.searching(Asked.Size.HIGH).picoDollars(searched));
    Price claude = prices.find("anthropic", "claude-x").orElseThrow();
    Extra fast = Extra.NONE.at(Service.FAST, true);
    assertEquals(165 * m / 10, claude.picoDollars(served(3, 1, fast)));
  }
}
