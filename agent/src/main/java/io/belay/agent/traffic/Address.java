package io.belay.agent.traffic;

/**
 * Where a request goes. Read without {@link java.net.URI}: clients send what it would reject, and
 * such a request is no less a call of a model.
 *
 * @param host without port and user
 * @param port as sent, or the scheme's; -1 if neither is known
 * @param path as sent, still encoded; never empty
 * @param query as sent; empty for none
 */
record Address(String host, int port, String path, String query) {
  static Address of(String url) {
    int scheme = url.indexOf("://");
    int from = scheme < 0 ? 0 : scheme + 3;
    int fragment = url.indexOf('#', from);
    int end = fragment < 0 ? url.length() : fragment;
    int question = url.indexOf('?', from);
    int pathEnd = question < 0 || question > end ? end : question;
    int slash = url.indexOf('/', from);
    int authorityEnd = slash < 0 || slash > pathEnd ? pathEnd : slash;
    String path = url.substring(authorityEnd, pathEnd);
    return new Address(
        host(url.substring(from, authorityEnd)),
        port(url.substring(from, authorityEnd), url),
        path.isEmpty() ? "/" : path,
        pathEnd < end ? url.substring(pathEnd + 1, end) : "");
  }

  private static String host(String authority) {
    String bare = authority.substring(authority.lastIndexOf('@') + 1);
    int bracket = bare.lastIndexOf(']');
    int colon = bare.indexOf(':', bracket + 1);
    return colon < 0 ? bare : bare.substring(0, colon);
  }

  private static int port(String authority, String url) {
    int colon = authority.lastIndexOf(':');
    if (colon > authority.lastIndexOf(']') && colon > authority.lastIndexOf('@')) {
      try {
        return Integer.parseInt(authority.substring(colon + 1));
      } catch (NumberFormatException none) {
        return -1;
      }
    }
    return url.regionMatches(true, 0, "https:", 0, 6)
        ? 443
        : url.regionMatches(true, 0, "http:", 0, 5) ? 80 : -1;
  }
}
