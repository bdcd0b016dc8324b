package io.belay.agent.llm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A table of prices by provider and model. Immutable.
 *
 * <p>A model is looked up as named, then without what providers add to names: region and vendor
 * ({@code us.anthropic.}), revision ({@code -v1:0}), date, ARN, path. Among prefixes the longest
 * wins. A model that is not in the table has no price; nothing is guessed.
 */
public final class Prices {
  private static final String TABLE = "prices.txt";

  /** Ends of host names. */
  private static final Map<String, String> PROVIDERS =
      Map.ofEntries(
          Map.entry("openai.com", "openai"),
          Map.entry("anthropic.com", "anthropic"),
          Map.entry("googleapis.com", "google"),
          Map.entry("amazonaws.com", "aws"),
          Map.entry("azure.com", "azure"),
          Map.entry("mistral.ai", "mistral"),
          Map.entry("cohere.com", "cohere"),
          Map.entry("cohere.ai", "cohere"),
          Map.entry("deepseek.com", "deepseek"),
          Map.entry("groq.com", "groq"),
          Map.entry("x.ai", "x-ai"),
          Map.entry("openrouter.ai", "openrouter"),
          Map.entry("together.xyz", "together"),
          Map.entry("fireworks.ai", "fireworks"),
          Map.entry("cerebras.ai", "cerebras"),
          Map.entry("perplexity.ai", "perplexity"),
          Map.entry("moonshot.ai", "moonshotai"),
          Map.entry("moonshot.cn", "moonshotai"),
          Map.entry("bigmodel.cn", "zhipuai"),
          Map.entry("voyageai.com", "voyageai"));

  private record Row(String provider, String model, boolean prefix, Price price, boolean own) {}

  private static final class Shipped {
    static final Prices PRICES = new Prices(readTable(), Optional.empty());
  }

  private final Map<String, List<Row>> exact = new HashMap<>();
  private final List<Row> prefixes = new ArrayList<>();
  private final Optional<Prices> others;

  private Prices(List<Row> rows, Optional<Prices> others) {
    this.others = others;
    for (Row row : rows) {
      if (row.prefix) {
        prefixes.add(row);
      } else {
        exact.computeIfAbsent(row.model, name -> new ArrayList<>(1)).add(row);
      }
    }
  }

  /** Belay's own table, read once. Its date and sources stand at its head. */
  public static Prices shipped() {
    return Shipped.PRICES;
  }

  /**
   * This table with another in front, in the format of LiteLLM's {@code
   * model_prices_and_context_window.json}.
   *
   * @param json the file, which is read to its end and not closed
   * @param name its name, for messages
   * @throws IllegalArgumentException {@code name:line:column: what is wrong}
   */
  public Prices overriddenBy(Reader json, String name) {
    List<Row> rows = new ArrayList<>();
    LiteLlmPrices.read(
        json,
        name,
        (provider, model, own) -> {
          Price price = find(provider, model).map(own::orSearches).orElse(own);
          rows.add(new Row(provider, model, false, price, true));
          String bare = model.substring(model.lastIndexOf('/') + 1);
          if (!bare.equals(model)) {
            rows.add(new Row(provider, bare, false, price, true));
          }
        });
    return new Prices(rows, Optional.of(this));
  }

  /** The provider of a host as this table names it; "" if it knows none. */
  public static String providerOf(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    int colon = name.indexOf(':');
    name = colon < 0 ? name : name.substring(0, colon);
    for (Map.Entry<String, String> entry : PROVIDERS.entrySet()) {
      if (name.equals(entry.getKey()) || name.endsWith("." + entry.getKey())) {
        return entry.getValue();
      }
    }
    return "";
  }

  /** The price of a model of any provider. */
  public Optional<Price> find(String model) {
    return find("", model);
  }

  /**
   * The price of a model.
   *
   * @param provider as {@link #providerOf} names it, or "" for any; a provider that has no such
   *     model is looked past
   */
  public Optional<Price> find(String provider, String model) {
    return row(provider, model).map(Row::price);
  }

  /**
   * The price of a call that asked for one model and was answered by another: a router's choice,
   * another name for it, a stand-in. Empty where it is the price of the one asked for: the answer's
   * has none, the override has a price of that very name and none of the answer's that is dearer,
   * or it is the same model and no dearer.
   */
  public Optional<Price> find(String provider, String asked, String answered) {
    Optional<Row> by = row(provider, asked);
    Optional<Row> found = asked.equals(answered) ? Optional.empty() : row(provider, answered);
    if (by.isEmpty() || found.isEmpty()) {
      return found.map(Row::price);
    }
    boolean dearer = found.get().price.isDearer(by.get().price);
    boolean stands =
        by.get().own ? !(found.get().own && dearer) : ModelNames.same(asked, answered) && !dearer;
    return stands ? Optional.empty() : found.map(Row::price);
  }

  private Optional<Row> row(String provider, String model) {
    if (model.isBlank()) {
      return Optional.empty();
    }
    Optional<Row> found = within(provider, model);
    return found.isPresent() || provider.isEmpty() ? found : within("", model);
  }

  /** The override's word on any name of the model goes before the shipped table's. */
  private Optional<Row> within(String provider, String model) {
    for (String name : ModelNames.of(model)) {
      Optional<Row> row = named(provider, name);
      if (row.isPresent()) {
        return row;
      }
    }
    return others.isPresent() ? others.get().within(provider, model) : Optional.empty();
  }

  private Optional<Row> named(String provider, String name) {
    for (Row row : exact.getOrDefault(name, List.of())) {
      // A user's own row may name no provider.
      boolean any = provider.isEmpty() || row.provider.isEmpty();
      if (any || row.provider.equals(provider)) {
        return Optional.of(row);
      }
    }
    Optional<Row> best = Optional.empty();
    for (Row row : prefixes) {
      boolean longer = best.isEmpty() || row.model.length() > best.get().model.length();
      boolean here = provider.isEmpty() || row.provider.equals(provider);
      if (longer && here && name.startsWith(row.model)) {
        best = Optional.of(row);
      }
    }
    return best;
  }

  private static List<Row> readTable() {
    List<Row> rows = new ArrayList<>();
    try (InputStream in = Prices.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException("the price table is missing from the jar");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#") && !line.isBlank()) {
          PriceRow row = new PriceRow(line);
          rows.add(new Row(row.provider, row.model, row.prefix, row.price, false));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }
}
