package io.belay.agent.control;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask at all. A page of another site must reach nothing, even when it makes the browser
 * believe that its own name is this machine (DNS rebinding): hence {@code Host} must be a name that
 * nobody else can own, and {@code Origin} the same.
 */
final class Guard {
  private static final Set<String> NO_DATA = Set.of("/", "/openapi.json");
  private static final int LONGEST_ADDRESS = 2048;

  /** A name, and a port that says nothing: tunnels and container mappings change it. */
  private static final Pattern HOST = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]+)(?::\\d{1,5})?");

  private static final int MOST_HEADERS = 16 * 1024;

  private final String bind;
  private final byte[] token;

  Guard(HttpOptions options) {
    this.bind = options.bind();
    this.token = options.token().isEmpty() ? new byte[0] : digest(options.token());
  }

  /** The first value of a header, or {@code null}. */
  interface Headers extends Function<String, @Nullable String> {}

  /**
   * Passes, or throws the {@link Problem} to answer with.
   *
   * @param path as sent, without the query
   * @param local the address that the caller reached
   */
  void check(String path, Headers headers, InetSocketAddress local) {
    String host = headers.apply("Host");
    checkHost(host == null ? "" : host, local);
    String origin = headers.apply("Origin");
    if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
      throw new Problem(403, "requests from pages of other sites are not answered");
    }
    String site = headers.apply("Sec-Fetch-Site");
    boolean foreign = site != null && !List.of("none", "same-origin").contains(site);
    if (foreign && !path.equals("/")) {
      throw new Problem(403, "requests from pages of other sites are not answered");
    }
    if (token.length > 0 && !NO_DATA.contains(path)) {
      checkToken(headers.apply("Authorization"));
    }
  }

  /**
   * Passes when {@code host} is a name of this machine that nobody else can own.
   *
   * @param host with a port or without, as sent
   */
  void checkHost(String host, InetSocketAddress local) {
    Matcher parts = HOST.matcher(host);
    if (!parts.matches() || !isOurs(parts.group(1).toLowerCase(Locale.ROOT), local)) {
      throw new Problem(
          421,
          "the Host header must name this machine: localhost"
              + (bind.equals("127.0.0.1") ? "" : ", 127.0.0.1")
              + " or "
              + bind);
    }
  }

  /** Bounds what a caller can make us hold. */
  static void checkSize(String address, Map<String, List<String>> headers) {
    if (address.length() > LONGEST_ADDRESS) {
      throw new Problem(414, "addresses may have " + LONGEST_ADDRESS + " characters at most");
    }
    long size = 0;
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      for (String value : header.getValue()) {
        size += header.getKey().length() + value.length() + 4;
      }
    }
    if (size > MOST_HEADERS) {
      throw new Problem(431, "headers may have " + MOST_HEADERS + " bytes at most");
    }
  }

  private void checkToken(@Nullable String authorization) {
    boolean bearer = authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7);
    String given = bearer && authorization != null ? authorization.substring(7).strip() : "";
    // Digests have one length, so the comparison tells nothing about the token, its length
    // included.
    if (!MessageDigest.isEqual(digest(given), token)) {
      throw new Problem(
          401,
          "send the value of belay.http.token as 'Authorization: Bearer ...'",
          Map.of("WWW-Authenticate", "Bearer realm=\"belay\""));
    }
  }

  /** An address can be compared with where the caller came in; a name only with known ones. */
  private boolean isOurs(String name, InetSocketAddress local) {
    return name.equals("localhost")
        || name.equals("[::1]")
        || name.matches("127(\\.\\d{1,3}){3}")
        || name.equalsIgnoreCase(bind)
        || name.equalsIgnoreCase('[' + bind + ']')
        || name.equals(literal(local));
  }

  private static String literal(InetSocketAddress local) {
    String address = local.getAddress().getHostAddress();
    return address.contains(":") ? '[' + address + ']' : address;
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
