package io.belay.agent.llm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads LiteLLM's {@code model_prices_and_context_window.json}: dollars a token, by model. */
final class LiteLlmPrices {
  private static final Pattern TIER = Pattern.compile("(.+)_above_(\\d+)k_tokens");
  private static final Map<String, String> PROVIDERS =
      Map.of(
          "vertex_ai",
          "google",
          "gemini",
          "google",
          "bedrock",
          "aws",
          "xai",
          "x-ai",
          "moonshot",
          "moonshotai",
          "zhipu",
          "zhipuai",
          "voyage",
          "voyageai",
          "together_ai",
          "together",
          "fireworks_ai",
          "fireworks");

  /** Takes one model's price. */
  interface Sink {
    void price(String provider, String model, Price price);
  }

  private final JsonParser parser;
  private final String file;

  private LiteLlmPrices(JsonParser parser, String file) {
    this.parser = parser;
    this.file = file;
  }

  static void read(Reader json, String file, Sink sink) {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
      new LiteLlmPrices(parser, file).models(sink);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(at(file, e.getLocation()) + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private void models(Sink sink) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw wrong("expected an object of models by name");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String model = parser.currentName();
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw wrong("expected an object with the prices of \"" + model + "\"");
      }
      model(model, sink);
    }
    if (parser.nextToken() != null) {
      throw wrong("expected nothing behind the last model");
    }
  }

  private void model(String model, Sink sink) throws IOException {
    Map<String, Long> rates = new HashMap<>();
    String provider = "";
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      JsonToken token = parser.nextToken();
      if (field.equals("litellm_provider") && token == JsonToken.VALUE_STRING) {
        provider = provider(parser.getText());
      } else if (field.equals("max_output_tokens") && token == JsonToken.VALUE_NUMBER_INT) {
        rates.put(field, parser.getLongValue());
      } else if (isRate(field)) {
        if (token.isNumeric()) {
          rates.put(field, pico(model, field));
        } else if (token != JsonToken.VALUE_NULL && !model.equals("sample_spec")) {
          throw wrong("\"" + field + "\" of \"" + model + "\" is not a number");
        }
      }
      parser.skipChildren();
    }
    // The documentation entry at the top of the file, and models billed by picture or second.
    if (!model.equals("sample_spec") && rates.containsKey("input_cost_per_token")) {
      sink.price(provider, model.toLowerCase(Locale.ROOT), price(rates));
    }
  }

  private static boolean isRate(String field) {
    return field.startsWith("input_cost_per_token")
        || field.startsWith("output_cost_per_token")
        || field.startsWith("output_cost_per_reasoning_token")
        || field.startsWith("cache_read_input_token_cost")
        || field.startsWith("cache_creation_input_token_cost");
  }

  /** Rounded up: a cost limit must not be passed by rounding. */
  private long pico(String model, String field) throws IOException {
    BigDecimal dollars = parser.getDecimalValue();
    if (dollars.signum() < 0 || dollars.compareTo(BigDecimal.ONE) > 0) {
      throw wrong(
          "\"" + field + "\" of \"" + model + "\" is no price of one token in dollars: " + dollars);
    }
    return dollars.movePointRight(12).setScale(0, RoundingMode.CEILING).longValueExact();
  }

  private static Price price(Map<String, Long> rates) {
    long input = rates.getOrDefault("input_cost_per_token", 0L);
    long output = rates.getOrDefault("output_cost_per_token", 0L);
    long write = rates.getOrDefault("cache_creation_input_token_cost", input);
    Map<Long, Map<String, Long>> above = new TreeMap<>();
    rates.forEach(
        (field, rate) -> {
          Matcher tier = TIER.matcher(field);
          if (tier.matches()) {
            above
                .computeIfAbsent(Long.parseLong(tier.group(2)) * 1000, key -> new HashMap<>())
                .put(tier.group(1), rate);
          }
        });
    List<Price.Tier> tiers = new ArrayList<>();
    above.forEach(
        (threshold, own) -> {
          long tierInput = own.getOrDefault("input_cost_per_token", input);
          tiers.add(
              new Price.Tier(
                  threshold,
                  tierInput,
                  own.getOrDefault("output_cost_per_token", output),
                  own.getOrDefault(
                      "cache_read_input_token_cost",
                      rates.getOrDefault("cache_read_input_token_cost", tierInput)),
                  own.getOrDefault("cache_creation_input_token_cost", Math.max(write, tierInput))));
        });
    tiers.sort(Comparator.comparingLong(Price.Tier::above));
    return new Price(
        input,
        output,
        rates.getOrDefault("cache_read_input_token_cost", input),
        write,
        rates.getOrDefault("cache_creation_input_token_cost_above_1hr", write),
        rates.getOrDefault("output_cost_per_reasoning_token", output),
        rates.getOrDefault("max_output_tokens", -1L),
        tiers);
  }

  private static String provider(String name) {
    String family = name;
    int dash = name.indexOf('-');
    if (name.startsWith("vertex_ai") && dash > 0) {
      family = name.substring(0, dash);
    } else if (name.startsWith("bedrock")) {
      family = "bedrock";
    }
    return PROVIDERS.getOrDefault(family, family);
  }

  private IllegalArgumentException wrong(String message) {
    return new IllegalArgumentException(at(file, parser.currentTokenLocation()) + message);
  }

  private static String at(String file, JsonLocation location) {
    return location == null
        ? file + ": "
        : file + ":" + location.getLineNr() + ":" + location.getColumnNr() + ": ";
  }
}
