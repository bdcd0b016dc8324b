package io.belay.agent.rule;

import org.jspecify.annotations.Nullable;

/**
 * Names hosts, or paths on hosts: {@code api.acme.com}, {@code *.internal:8080}, {@code
 * llm.acme.com/v1/**}, {@code /llm/**}. A host's {@code *} stands alone, for any host, or first,
 * for one or more labels, so that no pattern reaches into another domain. In a path {@code *} is
 * one segment's text and {@code **} anything. Without a port any port matches.
 */
public final class HostPattern {
  private final String text;
  private final String host;
  private final int port;
  private final @Nullable String path;

  private HostPattern(String text, String host, int port, @Nullable String path) {
    this.text = text;
    this.host = host;
    this.port = port;
    this.path = path;
  }

  /**
   * Reads a host, a path or a host with a path; a leading {@code https://} is ignored.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static HostPattern parse(String text) {
    String pattern = text.strip();
    String rest = pattern;
    if (rest.startsWith("https://")) {
      rest = rest.substring("https://".length());
    } else if (rest.startsWith("http://")) {
      rest = rest.substring("http://".length());
    }
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? null : rest.substring(slash);
    if (path != null && (path.indexOf('?') >= 0 || path.indexOf('#') >= 0)) {
      throw new IllegalArgumentException("a query or fragment cannot be matched");
    }
    if (authority.isEmpty()) {
      if (path == null || rest.length() != pattern.length()) {
        throw new IllegalArgumentException("it names no host");
      }
      return new HostPattern(pattern, "*", -1, path);
    }
    int port = -1;
    String host = authority;
    int colon = authority.lastIndexOf(':');
    if (colon >= 0 && authority.indexOf(']', colon) < 0) {
      port = port(authority.substring(colon + 1));
      host = authority.substring(0, colon);
    }
    return new HostPattern(pattern, checked(host), port, path);
  }

  /** Reads a host without a path. */
  public static HostPattern parseHost(String text) {
    HostPattern pattern = parse(text);
    if (pattern.path != null) {
      throw new IllegalArgumentException("it has a path where a host alone is expected");
    }
    return pattern;
  }

  /**
   * Whether a request goes there.
   *
   * @param port as sent: the scheme's default already filled in
   * @param path without query, empty for none
   */
  public boolean matches(String host, int port, String path) {
    return matchesHost(host, port)
        && (this.path == null || Glob.matches(this.path, path.isEmpty() ? "/" : path, '/', false));
  }

  /** Whether that host is covered, whatever the path. */
  public boolean matchesHost(String host, int port) {
    return (this.port < 0 || this.port == port) && hostMatches(this.host, host);
  }

  /** {@code *}, {@code *.acme.com} or a name; ASCII case is ignored, and a last dot. */
  static boolean hostMatches(String pattern, String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (pattern.equals("*")) {
      return true;
    }
    if (!pattern.startsWith("*.")) {
      return pattern.equalsIgnoreCase(name);
    }
    int tail = pattern.length() - 1;
    return name.length() > tail && name.regionMatches(true, name.length() - tail, pattern, 1, tail);
  }

  /** A legal host of a pattern. */
  static String checked(String host) {
    String name = host.startsWith("*.") ? host.substring(2) : host.equals("*") ? "" : host;
    if (name.isEmpty() && !host.equals("*")) {
      throw new IllegalArgumentException("it names no host");
    }
    boolean six = name.startsWith("[") && name.endsWith("]") && name.length() == host.length();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain = c > ' ' && "*@:?#\\[]{},\"'<>".indexOf(c) < 0;
      if (!plain && !(six && (c == ':' || i == 0 || i == name.length() - 1))) {
        throw new IllegalArgumentException(
            c == '*' ? "in a host, * stands alone or first as *." : "a host has no '" + c + "'");
      }
    }
    return host;
  }

  private static int port(String text) {
    int port = 0;
    for (int i = 0; i < text.length() && port <= 65535; i++) {
      char c = text.charAt(i);
      port = c >= '0' && c <= '9' ? port * 10 + (c - '0') : 65536;
    }
    if (text.isEmpty() || port > 65535) {
      throw new IllegalArgumentException("its port is not a number up to 65535");
    }
    return port;
  }

  /** The pattern as the user wrote it. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
