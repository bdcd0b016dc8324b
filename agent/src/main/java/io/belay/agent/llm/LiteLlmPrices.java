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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads LiteLLM's {@code model_prices_and_context_window.json}: dollars a token, by model. */
final class LiteLlmPrices {
  private static final String SEARCH = "search_context_cost_per_query";
  private static final String REGION = "regional_processing_uplift_multiplier";
  private static final List<String> RATES =
      List.of(
          "input_cost_per_token",
          "output_cost_per_token",
          "output_cost_per_reasoning_token",
          "cache_read_input_token_cost",
          "cache_creation_input_token_cost",
          "input_cost_per_audio_token",
          "output_cost_per_audio_token",
          "cache_read_input_audio_token_cost",
          "output_cost_per_image_token",
          "output_cost_per_video_token",
          "input_cost_per_request");
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
    String unit = "";
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      JsonToken token = parser.nextToken();
      if (field.equals("litellm_provider") && token == JsonToken.VALUE_STRING) {
        provider = provider(parser.getText());
      } else if (field.equals("web_search_billing_unit") && token == JsonToken.VALUE_STRING) {
        unit = parser.getText();
      } else if (field.equals("max_output_tokens") && token == JsonToken.VALUE_NUMBER_INT) {
        rates.put(field, parser.getLongValue());
      } else if (field.equals(SEARCH) && token == JsonToken.START_OBJECT) {
        members(model, rates, false);
      } else if (field.equals("provider_specific_entry") && token == JsonToken.START_OBJECT) {
        members(model, rates, true);
      } else if (field.startsWith(REGION)) {
        factor(rates, "us");
      } else if (isRate(field)) {
        rate(model, field, token, rates);
      }
      parser.skipChildren();
    }
    // The documentation entry at the top of the file, and models billed by picture or second.
    if (!model.equals("sample_spec") && rates.containsKey("input_cost_per_token")) {
      // Google takes one price for all searches of a prompt, unless it says otherwise.
      boolean once = provider.equals("google") && !unit.equals("per_query");
      sink.price(provider, model.toLowerCase(Locale.ROOT), LiteLlmPrice.of(rates, once));
    }
  }

  /** Prices of searches by their size, or factors of a provider's own. */
  private void members(String model, Map<String, Long> rates, boolean factors) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (factors) {
        factor(rates, name);
      } else {
        rate(model, name, token, rates);
      }
      parser.skipChildren();
    }
  }

  private void factor(Map<String, Long> rates, String name) throws IOException {
    if (parser.currentToken().isNumeric()) {
      BigDecimal percent = parser.getDecimalValue().movePointRight(2);
      BigDecimal bounded = percent.min(BigDecimal.valueOf(100_000)).max(BigDecimal.ZERO);
      long whole = bounded.setScale(0, RoundingMode.CEILING).longValue();
      rates.merge(name.equals("eu") ? "us" : name, whole, Math::max);
    }
  }

  private void rate(String model, String field, JsonToken token, Map<String, Long> rates)
      throws IOException {
    if (token.isNumeric()) {
      rates.put(field, pico(model, field));
    } else if (token != JsonToken.VALUE_NULL && !model.equals("sample_spec")) {
      throw wrong("\"" + field + "\" of \"" + model + "\" is not a number");
    }
  }

  private static boolean isRate(String field) {
    return RATES.stream().anyMatch(field::startsWith);
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
