package io.belay.agent.llm;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Pieces of URL paths. */
final class Paths {
  private Paths() {}

  /** What stands between {@code before} and the next of {@code ends}, decoded; "" if nothing. */
  static String between(String path, String before, String ends) {
    int from = path.lastIndexOf(before);
    if (from < 0) {
      return "";
    }
    from += before.length();
    int to = from;
    while (to < path.length() && ends.indexOf(path.charAt(to)) < 0) {
      to++;
    }
    return decoded(path.substring(from, to));
  }

  /** With {@code %XX} resolved; unchanged if that is malformed. */
  static String decoded(String part) {
    if (part.indexOf('%') < 0) {
      return part;
    }
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return part;
    }
  }

  /** Whether the last segment, a colon written either way, ends in {@code :method}. */
  static boolean method(String path, String method) {
    return path.endsWith(":" + method) || path.endsWith("%3A" + method);
  }
}
