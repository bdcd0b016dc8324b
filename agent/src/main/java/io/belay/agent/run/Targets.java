package io.belay.agent.run;

import io.belay.agent.sql.SqlText;

/** What a report shows of a call: never a query, user info, value or more than one line. */
public final class Targets {
  /** Longest target, in characters. */
  public static final int MAX = 500;

  private static final String CUT = "...";

  private Targets() {}

  /** The method and the URL of a request, as {@link #url} shows it. */
  public static String http(String method, String url) {
    return name(method + " " + url(url));
  }

  /**
   * A URL without query, fragment, user info and path parameters (some carry a session). What
   * cannot be told apart from user info is left out with all that follows.
   */
  public static String url(String url) {
    int end = 0;
    while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
      end++;
    }
    String rest = url.substring(0, end);
    int scheme = rest.indexOf("://");
    int host = scheme >= 0 ? scheme + 3 : rest.startsWith("//") ? 2 : 0;
    int path = host;
    while (path < rest.length() && "/\\;".indexOf(rest.charAt(path)) < 0) {
      path++;
    }
    String authority = host == 0 && rest.startsWith("/") ? "" : rest.substring(host, path);
    int at = authority.lastIndexOf('@');
    if (host == 0 && at >= 0 || at < 0 && !hasPlainPort(authority)) {
      return name(rest.substring(0, host) + CUT);
    }
    // user:pa/ss@host: the slash ends the authority, and the user info is in what looks like a
    // path.
    if (authority.indexOf(':') >= 0 && !hasPlainPort(authority.substring(at + 1))) {
      return name(rest.substring(0, host) + CUT);
    }
    return name(
        rest.substring(0, host) + authority.substring(at + 1) + plain(rest.substring(path)));
  }

  /** The shape of a statement: {@link SqlText#withoutLiterals}. */
  public static String sql(String sql) {
    return SqlText.withoutLiterals(sql, MAX);
  }

  /** A topic, a tool, a command: in one line, cut to {@link #MAX}. */
  public static String name(String text) {
    int length = Math.min(text.length(), MAX);
    StringBuilder out = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      out.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c);
    }
    if (text.length() > MAX) {
      boolean half = Character.isHighSurrogate(out.charAt(MAX - CUT.length() - 1));
      out.setLength(MAX - CUT.length() - (half ? 1 : 0));
      out.append(CUT);
    }
    return out.toString();
  }

  private static boolean hasPlainPort(String authority) {
    int colon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
    for (int i = colon + 1; colon >= 0 && i < authority.length(); i++) {
      if (authority.charAt(i) < '0' || authority.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static String plain(String path) {
    if (path.indexOf(';') < 0) {
      return path;
    }
    StringBuilder out = new StringBuilder(path.length());
    boolean parameter = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      parameter = c == ';' || parameter && c != '/';
      if (!parameter) {
        out.append(c);
      }
    }
    return out.toString();
  }
}
