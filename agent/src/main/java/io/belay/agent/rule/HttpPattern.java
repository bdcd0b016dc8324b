package io.belay.agent.rule;

/**
 * Names HTTP requests: {@code POST https://audit.acme.com/*}. The method may be {@code *}, the URL
 * too; else it has a scheme, a host as in {@link HostPattern} and a path in which {@code *} stands
 * for anything. Without a path only {@code /} matches, without a port only the scheme's own.
 *
 * <p>Built to let nothing else through: a URL with a backslash, a blank or a {@code ..} in any
 * encoding matches no pattern but a bare {@code *}.
 */
public final class HttpPattern {
  private final String text;
  private final String method;
  private final String scheme;
  private final String host;
  private final String port;
  private final String path;

  private HttpPattern(
      String text, String method, String scheme, String host, String port, String path) {
    this.text = text;
    this.method = method;
    this.scheme = scheme;
    this.host = host;
    this.port = port;
    this.path = path;
  }

  /**
   * Reads {@code METHOD URL}.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static HttpPattern parse(String text) {
    String pattern = text.strip();
    int blank = pattern.indexOf(' ');
    if (blank < 0) {
      throw new IllegalArgumentException("it needs a method and a URL, such as POST https://a.b/*");
    }
    String method = method(pattern.substring(0, blank));
    String url = pattern.substring(blank + 1).strip();
    if (url.equals("*")) {
      return new HttpPattern(pattern, method, "*", "*", "", "*");
    }
    int scheme = url.indexOf("://");
    if (scheme <= 0) {
      throw new IllegalArgumentException("its URL has no scheme such as https://");
    }
    if (url.indexOf('?') >= 0 || url.indexOf('#') >= 0) {
      throw new IllegalArgumentException("a query or fragment cannot be matched");
    }
    if (url.indexOf(' ') >= 0 || url.indexOf('@') >= 0 && url.indexOf('@') < pathStart(url)) {
      throw new IllegalArgumentException("its URL has a blank or user info");
    }
    String name = lower(url.substring(0, scheme));
    String authority = url.substring(scheme + 3, pathStart(url));
    String port = port(authority);
    String host = authority.substring(0, authority.length() - port.length());
    String path = url.substring(pathStart(url));
    for (int i = 1; i < port.length(); i++) {
      if (port.charAt(i) < '0' || port.charAt(i) > '9') {
        throw new IllegalArgumentException("its port is not a number");
      }
    }
    return new HttpPattern(
        pattern, method, name, HostPattern.checked(host), port(name, port), path(path));
  }

  /**
   * Whether a request is covered.
   *
   * @param url absolute; query, fragment and user info are ignored
   */
  public boolean matches(String requestMethod, String url) {
    if (!method.equals("*") && !method.equalsIgnoreCase(requestMethod)) {
      return false;
    }
    if (scheme.equals("*")) {
      return true;
    }
    int colon = url.indexOf("://");
    if (colon <= 0 || !scheme.equals(lower(url.substring(0, colon))) || isUnsafe(url)) {
      return false;
    }
    int start = pathStart(url);
    String authority = url.substring(colon + 3, start);
    authority = authority.substring(authority.lastIndexOf('@') + 1);
    String askedPort = port(authority);
    String askedHost = authority.substring(0, authority.length() - askedPort.length());
    String asked = path(url.substring(start, end(url, start)));
    return port.equals(port(scheme, askedPort))
        && HostPattern.hostMatches(host, askedHost)
        && !climbs(asked)
        && Glob.matches(path, asked);
  }

  /** The pattern as the user wrote it. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }

  static String method(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '-' || text.equals("*"))) {
        throw new IllegalArgumentException("\"" + text + "\" is no HTTP method");
      }
    }
    return text;
  }

  private static int pathStart(String url) {
    int from = url.indexOf("://") + 3;
    while (from < url.length() && "/?#".indexOf(url.charAt(from)) < 0) {
      from++;
    }
    return from;
  }

  private static int end(String url, int from) {
    int end = from;
    while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
      end++;
    }
    return end;
  }

  /** The port with its colon, or nothing. */
  private static String port(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon < 0 || authority.indexOf(']', colon) >= 0 ? "" : authority.substring(colon);
  }

  private static String port(String scheme, String port) {
    boolean usual =
        port.equals(":")
            || port.equals(":443") && (scheme.equals("https") || scheme.equals("wss"))
            || port.equals(":80") && (scheme.equals("http") || scheme.equals("ws"));
    return usual ? "" : port;
  }

  private static String path(String path) {
    return path.isEmpty() ? "/" : path;
  }

  private static boolean isUnsafe(String url) {
    for (int i = 0; i < url.length(); i++) {
      if (url.charAt(i) <= ' ' || url.charAt(i) == '\\' || url.charAt(i) == 0x7f) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a server may read the path as leading elsewhere: {@code ..}, {@code %2e%2e%2f}, ....
   */
  private static boolean climbs(String path) {
    String plain = lower(path).replace("%25", "%").replace("%2e", ".").replace("%2f", "/");
    plain = plain.replace("%5c", "/");
    int from = 0;
    while (from <= plain.length()) {
      int end = plain.indexOf('/', from);
      end = end < 0 ? plain.length() : end;
      String segment = plain.substring(from, end);
      int parameter = segment.indexOf(';');
      segment = parameter < 0 ? segment : segment.substring(0, parameter);
      if (segment.equals("..") || segment.equals(".")) {
        return true;
      }
      from = end + 1;
    }
    return false;
  }

  private static String lower(String text) {
    StringBuilder out = new StringBuilder(text);
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        out.setCharAt(i, (char) (c + 32));
      }
    }
    return out.toString();
  }
}
