package io.belay.agent;

import io.belay.agent.llm.Dialect;
import io.belay.agent.llm.Dialects;
import io.belay.agent.rule.HostPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A further place where a model is asked, from the settings: a {@link HostPattern}, whose path
 * covers what lies below it too, and perhaps {@code =dialect} for what is spoken there.
 */
final class LlmEndpoint implements Dialects.Place {
  private final String text;
  private final List<HostPattern> places = new ArrayList<>();
  private final Optional<Dialect> dialect;

  private LlmEndpoint(String text, String place, Optional<Dialect> dialect) {
    this.text = text;
    this.dialect = dialect;
    places.add(HostPattern.parse(place));
    int path = place.indexOf('/', Math.max(0, place.indexOf("://") + 3));
    if (path >= 0 && place.indexOf('*', path) < 0) {
      places.add(HostPattern.parse(place + (place.endsWith("/") ? "**" : "/**")));
    }
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  static LlmEndpoint parse(String text) {
    int equals = text.lastIndexOf('=');
    return equals < 0
        ? new LlmEndpoint(text, text.strip(), Optional.empty())
        : new LlmEndpoint(
            text,
            text.substring(0, equals).strip(),
            Optional.of(Dialects.named(text.substring(equals + 1).strip())));
  }

  @Override
  public boolean covers(String host, int port, String path) {
    for (HostPattern place : places) {
      if (place.matches(host, port, path)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Optional<Dialect> dialect() {
    return dialect;
  }

  @Override
  public String toString() {
    return text;
  }
}
