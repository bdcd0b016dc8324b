package io.belay.agent.llm;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

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

  /**
   * A path as a server may read it: decoded, without parameters of segments, dots, doubled slashes
   * and a slash at its end.
   */
  static String plain(String path) {
    String plain = path;
    if (plain.indexOf(';') >= 0) {
      plain = plain.replaceAll(";[^/]*", "");
    }
    plain = decoded(plain);
    if (plain.contains("//") || plain.contains("/.")) {
      plain = resolved(plain);
    }
    return plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
  }

  private static String resolved(String path) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.add(segment);
      }
    }
    return "/" + String.join("/", segments);
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

  /** Whether the last segment ends in {@code :method}. */
  static boolean method(String path, String method) {
    return path.endsWith(':' + method);
  }
}
