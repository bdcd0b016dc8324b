package io.belay.agent.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All wire formats, in the order in which they are tried. Immutable. */
public final class Dialects {

  /** An endpoint from the settings: an empty host or path matches any. */
  private record Endpoint(String host, String path, Optional<Dialect> dialect) {
    boolean covers(String otherHost, String otherPath) {
      boolean sameHost = host.isEmpty() || host.equalsIgnoreCase(withoutPort(otherHost, host));
      return sameHost && otherPath.startsWith(path);
    }

    private static String withoutPort(String host, String wanted) {
      int colon = host.lastIndexOf(':');
      boolean port =
          colon > host.lastIndexOf(']') && wanted.lastIndexOf(':') <= wanted.indexOf(']');
      return port ? host.substring(0, colon) : host;
    }
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

  private final List<Endpoint> endpoints;

  private Dialects(List<Endpoint> endpoints) {
    this.endpoints = List.copyOf(endpoints);
  }

  /** The paths that providers document, on any host. */
  public static Dialects standard() {
    return STANDARD;
  }

  /**
   * The same and further endpoints: {@code host}, {@code host/path} or {@code /path}, each with
   * {@code =dialect} where its path does not end like one of the known ones ({@code openai-chat} is
   * assumed otherwise).
   *
   * @throws IllegalArgumentException with one clear sentence if an entry cannot be read
   */
  public static Dialects with(List<String> entries) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (String entry : entries) {
      if (!entry.isBlank()) {
        endpoints.add(endpoint(entry.strip()));
      }
    }
    return new Dialects(endpoints);
  }

  private static Endpoint endpoint(String entry) {
    int equals = entry.indexOf('=');
    String place = equals < 0 ? entry : entry.substring(0, equals).strip();
    Optional<Dialect> dialect =
        equals < 0 ? Optional.empty() : Optional.of(named(entry.substring(equals + 1).strip()));
    int scheme = place.indexOf("://");
    String rest = scheme < 0 ? place : place.substring(scheme + 3);
    int slash = rest.indexOf('/');
    String host = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : rest.substring(slash);
    if (host.isEmpty() && path.length() < 2 || host.contains(" ")) {
      throw new IllegalArgumentException(
          "LLM endpoint \"" + entry + "\" names neither a host nor a path");
    }
    return new Endpoint(host, path, dialect);
  }

  private static Dialect named(String name) {
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
   * @param host the URL's host, with or without port; "" if unknown
   * @param path the URL's path as sent, without the query
   */
  public Optional<Dialect> match(String method, String host, String path) {
    if (!method.equals("POST")) {
      return Optional.empty();
    }
    String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    for (Endpoint endpoint : endpoints) {
      if (endpoint.covers(host, path)) {
        Optional<Dialect> dialect = endpoint.dialect().or(() -> byPath(bare));
        return dialect.isPresent() ? dialect : Optional.of(ALL.get(0));
      }
    }
    return byPath(bare);
  }

  private static Optional<Dialect> byPath(String path) {
    for (Dialect dialect : ALL) {
      if (dialect.matches(path)) {
        return Optional.of(dialect);
      }
    }
    return Optional.empty();
  }
}
