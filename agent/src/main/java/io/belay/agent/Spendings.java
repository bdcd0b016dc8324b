package io.belay.agent;

import io.belay.agent.control.Budgets;
import io.belay.agent.llm.Dialects;
import io.belay.agent.llm.Prices;
import io.belay.agent.rule.Limit;
import io.belay.agent.rule.Limits;
import io.belay.agent.run.Run;
import io.belay.agent.run.Runs;
import io.belay.agent.run.Spending;
import io.belay.agent.run.Traffic;
import io.belay.agent.traffic.LlmTraffic;
import io.belay.agent.traffic.Pricing;
import io.belay.agent.traffic.Tokenizers;
import java.io.FileReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hands what was configured about budgets to those who keep them. */
final class Spendings {
  private static final long PICO_PER_NANO = 1_000;
  private static final long TOKENS_PER_MILLION = 1_000_000;

  private Spendings() {}

  static Spending of(Settings settings) {
    return new Spending(
        limits(settings, Keys.BUDGET),
        limits(settings, Keys.BUDGET_JVM),
        limits(settings, Keys.BUDGET_KEY),
        settings.get(Keys.BUDGET_KEY_WINDOW),
        settings.get(Keys.BUDGET_ON_EXCEEDED),
        settings.get(Keys.BUDGET_MIN_OUTPUT_TOKENS));
  }

  private static Limits limits(Settings settings, LimitKeys keys) {
    Map<Limit, Long> limits = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      Key<?> key = key(keys, limit);
      if (settings.source(key) != null) {
        limits.put(limit, counted(limit, settings.orNull(key)));
      }
    }
    return new Limits(limits);
  }

  private static Key<?> key(LimitKeys keys, Limit limit) {
    return switch (limit) {
      case INPUT_TOKENS -> keys.inputTokens;
      case OUTPUT_TOKENS -> keys.outputTokens;
      case TOTAL_TOKENS -> keys.totalTokens;
      case COST_USD -> keys.costUsd;
      case LLM_CALLS -> keys.llmCalls;
      case TOOL_CALLS -> keys.toolCalls;
      case TIME -> keys.time;
    };
  }

  /** A configured value in the unit in which the limit is counted. */
  private static long counted(Limit limit, @Nullable Object value) {
    if (value instanceof Duration duration) {
      return duration.toNanos();
    }
    long number = value == null ? 0 : (Long) value;
    return limit == Limit.COST_USD ? number * PICO_PER_NANO : number;
  }

  /**
   * Reads limits as people write them: {@code 50000}, {@code 2.50}, {@code 90s}.
   *
   * @throws IllegalArgumentException when one cannot be read; the message says which and why
   */
  static Limits parse(Map<String, String> texts) {
    Map<Limit, Long> limits = new EnumMap<>(Limit.class);
    texts.forEach(
        (name, text) -> {
          Limit limit = limit(name);
          limits.put(limit, parse(limit, text));
        });
    return new Limits(limits);
  }

  private static Limit limit(String name) {
    Limit limit = Limit.of(name);
    if (limit == null) {
      throw new IllegalArgumentException("there is no limit '" + name + "'");
    }
    return limit;
  }

  private static long parse(Limit limit, String text) {
    Key<?> key = key(Keys.BUDGET, limit);
    try {
      return counted(limit, key.type.parse(key, text));
    } catch (IllegalArgumentException unreadable) {
      String why = unreadable.getMessage() == null ? "" : ": " + unreadable.getMessage();
      throw new IllegalArgumentException(
          limit.key() + ": cannot read '" + text + "'" + why + "; expected " + key.accepts(),
          unreadable);
    }
  }

  /**
   * Who reads the traffic of language models. A price file is read now, because it may be wrong;
   * everything else when the first request is seen.
   */
  static Traffic traffic(Settings settings, Runs runs) throws SettingsException {
    if (settings.orNull(Keys.PRICES) != null) {
      return reading(settings, runs);
    }
    return new LateTraffic() {
      @Override
      Traffic made() throws SettingsException {
        return reading(settings, runs);
      }
    };
  }

  private static LlmTraffic reading(Settings settings, Runs runs) throws SettingsException {
    List<LlmEndpoint> endpoints = settings.get(Keys.LLM_ENDPOINTS);
    Long unknown = settings.orNull(Keys.BUDGET_UNKNOWN_MODEL);
    return new LlmTraffic(
        runs.ledger(),
        endpoints.isEmpty() ? Dialects.standard() : Dialects.with(endpoints),
        prices(settings),
        unknown == null
            ? Pricing.Unknown.REFUSED
            : new Pricing.Unknown(unknown * PICO_PER_NANO / TOKENS_PER_MILLION),
        new Tokenizers(settings.get(Keys.LLM_TOKENIZER)));
  }

  private static Prices prices(Settings settings) throws SettingsException {
    Prices shipped = Prices.shipped();
    String file = settings.orNull(Keys.PRICES);
    if (file == null) {
      return shipped;
    }
    try (Reader json = new FileReader(file, StandardCharsets.UTF_8)) {
      return shipped.overriddenBy(json, file);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new SettingsException(
          List.of("belay.prices: cannot read " + file + ": " + unreadable.getMessage()));
    }
  }

  /** The budgets as the control plane shows and changes them. */
  static Budgets shown() {
    return new Budgets() {
      @Override
      public Map<String, Number> limits(Run run) {
        return run.limits();
      }

      @Override
      public Map<String, Number> reserved(Run run) {
        return run.reserved();
      }

      @Override
      public void change(Run run, Map<String, @Nullable String> limits) {
        Map<Limit, @Nullable Long> own = new EnumMap<>(Limit.class);
        Map<Limit, @Nullable Long> whole = new EnumMap<>(Limit.class);
        limits.forEach(
            (name, text) -> {
              boolean ofJvm = name.startsWith(Budgets.JVM);
              Limit limit = limit(ofJvm ? name.substring(Budgets.JVM.length()) : name);
              (ofJvm ? whole : own).put(limit, text == null ? null : parse(limit, text));
            });
        if (!own.isEmpty()) {
          run.limit(own);
        }
        if (!whole.isEmpty()) {
          run.limitJvm(whole);
        }
      }
    };
  }
}
