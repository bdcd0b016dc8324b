package io.belay.agent.rule;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where an inbound request says who it is: {@code header:X-Run-Id}, {@code query:session} or {@code
 * path:/chat/{id}}. A path template has one {@code {id}} that takes one segment; other segments in
 * braces, {@code *} and a last {@code **} match anything.
 *
 * @param name the header, the query parameter or the path template
 */
public record IdSource(Kind kind, String name) {
  /** The part of the request. */
  public enum Kind {
    HEADER,
    PATH,
    QUERY
  }

  /**
   * Reads one source.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static IdSource parse(String text) {
    String source = text.strip();
    int colon = source.indexOf(':');
    String name = colon < 0 ? "" : source.substring(colon + 1).strip();
    if (name.isEmpty()) {
      throw new IllegalArgumentException("it has no header:, path: or query: with a name");
    }
    switch (source.substring(0, colon)) {
      case "header":
        checkToken(name);
        return new IdSource(Kind.HEADER, name);
      case "query":
        return new IdSource(Kind.QUERY, name);
      case "path":
        checkPath(name);
        return new IdSource(Kind.PATH, name);
      default:
        throw new IllegalArgumentException("it begins with neither header:, path: nor query:");
    }
  }

  /** The id in a request's path, null when the path does not fit or this is no path source. */
  public @Nullable String fromPath(String path) {
    if (kind != Kind.PATH) {
      return null;
    }
    String id = null;
    int t = 1;
    int p = 1;
    while (t <= name.length() && p <= path.length()) {
      String want = segment(name, t);
      String have = segment(path, p);
      if (want.equals("**")) {
        return id;
      }
      if (want.equals("{id}")) {
        id = have;
      } else if (!want.equals("*") && !want.startsWith("{") && !want.equals(have)) {
        return null;
      }
      t += want.length() + 1;
      p += have.length() + 1;
    }
    boolean ended = t > name.length() && p > path.length();
    return (ended || name.startsWith("**", t)) && id != null && !id.isEmpty() ? id : null;
  }

  private static String segment(String path, int from) {
    int end = path.indexOf('/', from);
    return path.substring(from, end < 0 ? path.length() : end);
  }

  private static void checkToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c > '~' || c == ':' || c == ',' || c == '"') {
        throw new IllegalArgumentException("a header's name has no '" + c + "'");
      }
    }
  }

  private static void checkPath(String path) {
    int id = path.indexOf("/{id}");
    if (!path.startsWith("/") || id < 0 || path.indexOf("/{id}", id + 1) >= 0) {
      throw new IllegalArgumentException("a path begins with / and has one segment {id}");
    }
    int end = id + "/{id}".length();
    if (end < path.length() && path.charAt(end) != '/') {
      throw new IllegalArgumentException("{id} must be a whole segment");
    }
  }

  /** As people write it. */
  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + ':' + name;
  }
}
