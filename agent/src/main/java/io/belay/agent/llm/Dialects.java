package io.belay.agent.llm;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All wire formats, in the order in which they are tried. Immutable. */
public final class Dialects {

  /** A further place where a model is asked. */
  public interface Place {
    /**
     * Whether a request goes there.
     *
     * @param port as sent, or the scheme's; below zero if unknown
     * @param path as sent, without the query
     */
    boolean covers(String host, int port, String path);

    /** What is spoken there; empty for what its paths' ends say, and else OpenAI's chat. */
    Optional<Dialect> dialect();
  }

  // Longer path ends first: /chat/completions is no /completions.
  private static final List<Dialect> ALL =
      List.of(
          new OpenAiChat(),
          new OpenAiResponses(),
          new OpenAiCompletions(),
          new OpenAiEmbeddings(),
          new AnthropicMessages(),
          new Gemini(),
          new BedrockConverse(),
          new BedrockInvoke(),
          new Ollama(),
          new CohereV2());

  private static final Dialects STANDARD = new Dialects(List.of());

  private final List<Place> places;

  private Dialects(List<? extends Place> places) {
    this.places = List.copyOf(places);
  }

  /** The paths that providers document, on any host. */
  public static Dialects standard() {
    return STANDARD;
  }

  /** The same, and what further places say. */
  public static Dialects with(List<? extends Place> places) {
    return new Dialects(places);
  }

  /**
   * The dialect of a name.
   *
   * @throws IllegalArgumentException with one clear sentence if there is none
   */
  public static Dialect named(String name) {
    for (Dialect dialect : ALL) {
      if (dialect.name().equals(name.toLowerCase(Locale.ROOT))) {
        return dialect;
      }
    }
    throw new IllegalArgumentException(
        "unknown LLM dialect \"" + name + "\"; known are " + ALL.toString());
  }

  /** Every dialect, for reports. */
  public static List<Dialect> all() {
    return ALL;
  }

  /**
   * The dialect of a request by its method and the end of its path.
   *
   * @param host the URL's host; "" if unknown
   * @param port as sent, or the scheme's; below zero if unknown
   * @param path the URL's path as sent, without the query
   */
  public Optional<Dialect> match(String method, String host, int port, String path) {
    if (!method.equals("POST")) {
      return Optional.empty();
    }
    String bare = Paths.plain(path).toLowerCase(Locale.ROOT);
    for (Place place : places) {
      if (place.covers(host, port, path)) {
        Optional<Dialect> dialect = place.dialect().or(() -> byPath(bare));
        return dialect.isPresent() ? dialect : Optional.of(ALL.get(0));
      }
    }
    return byPath(bare);
  }

  /** By the path as a server may read it that decodes it and ignores case. */
  private static Optional<Dialect> byPath(String path) {
    for (Dialect dialect : ALL) {
      if (dialect.matches(path)) {
        return Optional.of(dialect);
      }
    }
    return Optional.empty();
  }
}
