package io.belay.agent.llm;

import io.belay.agent.llm.PriceParts.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a price of what LiteLLM's file says of one model, by the names that it has there. */
final class LiteLlmPrice {
  private static final Pattern ABOVE =
      Pattern.compile("(?:in|out)put_cost_per_token_above_(\\d+)k_tokens(?:_\\w+)?");
  private static final String READ = "cache_read_input_token_cost";
  private static final String WRITE = "cache_creation_input_token_cost";
  private static final String HOUR = WRITE + "_above_1hr";
  private static final String SEARCH = "search_context_size_";

  private final Map<String, Long> rates;

  private LiteLlmPrice(Map<String, Long> rates) {
    this.rates = rates;
  }

  /**
   * @param rates pico-dollars, and percent of factors
   * @param once whether searches of one call are paid once
   */
  static Price of(Map<String, Long> rates, boolean once) {
    return new LiteLlmPrice(rates).price(once);
  }

  private Price price(boolean once) {
    List<Part> parts = new ArrayList<>();
    TreeSet<Long> thresholds = new TreeSet<>();
    for (String field : rates.keySet()) {
      Matcher above = ABOVE.matcher(field);
      if (above.matches()) {
        thresholds.add(Long.parseLong(above.group(1)));
      }
    }
    thresholds.forEach(k -> add(parts, Service.STANDARD, k, ""));
    for (Service service : new Service[] {Service.FLEX, Service.PRIORITY}) {
      String suffix = service == Service.FLEX ? "_flex" : "_priority";
      add(parts, service, -1, suffix);
      thresholds.forEach(k -> add(parts, service, k, suffix));
    }
    int fast = (int) or("fast", 0);
    long max = or("max_output_tokens", -1);
    return new Price(PriceParts.levels(standard(), parts, fast), max, fees(once));
  }

  private Rates standard() {
    long input = or("input_cost_per_token", 0);
    long output = or("output_cost_per_token", 0);
    long read = or(READ, input);
    long write = or(WRITE, input);
    long sound = or("input_cost_per_audio_token", input);
    return new Rates(
        input,
        output,
        read,
        write,
        or(HOUR, write),
        or("output_cost_per_reasoning_token", output),
        sound,
        or("output_cost_per_audio_token", output),
        or("cache_read_input_audio_token_cost", Math.max(read, sound)),
        Math.max(
            or("output_cost_per_image_token", output), or("output_cost_per_video_token", output)));
  }

  private void add(List<Part> parts, Service service, long thousands, String suffix) {
    String end = (thousands < 0 ? "" : "_above_" + thousands + "k_tokens") + suffix;
    Part part =
        new Part(
            service,
            thousands < 0 ? -1 : thousands * 1000,
            or("input_cost_per_token" + end, -1),
            or("output_cost_per_token" + end, -1),
            or(READ + end, -1),
            or(WRITE + end, -1),
            or(HOUR + end, -1),
            or("input_cost_per_audio_token" + end, -1));
    if (part.input() >= 0 || part.output() >= 0) {
      parts.add(part);
    }
  }

  private Fees fees(boolean once) {
    long search = or(SEARCH + "medium", or(SEARCH + "high", or(SEARCH + "low", -1)));
    return new Fees(
        search,
        or(SEARCH + "low", search),
        or(SEARCH + "high", search),
        once,
        or("input_cost_per_request", 0),
        (int) or("us", 100));
  }

  private long or(String field, long otherwise) {
    return rates.getOrDefault(field, otherwise);
  }
}
