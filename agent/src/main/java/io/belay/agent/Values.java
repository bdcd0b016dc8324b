package io.belay.agent;

import java.io.File;

/**
 * Reads the simple values. No regular expression, format or scanner: these run before {@code main}
 * in a cold JVM. An {@link IllegalArgumentException} without a message means "not of that form".
 */
final class Values {
  /** Ten to the fifteenth: no sum of a few of them overflows a {@code long}. */
  static final long MAX_AMOUNT = 1_000_000_000_000_000L;

  private Values() {}

  static Boolean flag(String text) {
    switch (lower(text.strip())) {
      case "true":
      case "on":
        return Boolean.TRUE;
      case "false":
      case "off":
        return Boolean.FALSE;
      default:
        throw new IllegalArgumentException();
    }
  }

  /** Digits with underscores between them; no sign, no unit, no exponent. */
  static long number(String text, long min, long max) {
    String digits = text.strip();
    if (digits.length() > 1 && digits.charAt(0) == '-' && isNumber(digits.substring(1))) {
      throw new IllegalArgumentException("it is negative");
    }
    if (!isNumber(digits)) {
      throw new IllegalArgumentException();
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c != '_') {
        value = value * 10 + (c - '0');
        if (value > max) {
          throw new IllegalArgumentException("it is above " + max);
        }
      }
    }
    if (value < min) {
      throw new IllegalArgumentException("it is below " + min);
    }
    return value;
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean inner = i > 0 && i < text.length() - 1;
      if (!(c >= '0' && c <= '9' || c == '_' && inner)) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /**
   * Dollars as billionths of a dollar. Not a {@code BigDecimal}: its class alone costs tens of
   * milliseconds before {@code main} on a recent Java.
   */
  static long usd(String text) {
    String amount = text.strip();
    if (amount.length() > 1 && amount.charAt(0) == '-') {
      throw new IllegalArgumentException("it is negative");
    }
    int point = amount.indexOf('.');
    String whole = point < 0 ? amount : amount.substring(0, point);
    String fraction = point < 0 ? "0" : amount.substring(point + 1);
    if (!isNumber(whole) || !isNumber(fraction) || fraction.indexOf('_') >= 0) {
      throw new IllegalArgumentException();
    }
    if (fraction.length() > 9) {
      throw new IllegalArgumentException("it has more than nine decimals");
    }
    long nanos = number(whole, 0, MAX_AMOUNT / 1_000_000_000);
    for (int i = 0; i < 9; i++) {
      nanos = nanos * 10 + (i < fraction.length() ? fraction.charAt(i) - '0' : 0);
    }
    return nanos;
  }

  static Object choice(String text, Object[] choices) {
    String word = lower(text.strip());
    for (Object choice : choices) {
      if (Type.word(choice).equals(word)) {
        return choice;
      }
    }
    throw new IllegalArgumentException();
  }

  static String filled(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("it is empty");
    }
    return text.strip();
  }

  static String query(String text) {
    String query = filled(text);
    int mark = query.indexOf('?');
    if (mark >= 0 && query.indexOf('?', mark + 1) >= 0) {
      throw new IllegalArgumentException("it has more than one ?");
    }
    return query;
  }

  static String host(String text) {
    String host = filled(text);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    int colon = host.indexOf(':');
    boolean port = colon >= 0 && host.indexOf(':', colon + 1) < 0;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (port || c <= ' ' || c == '/' || c == '@' || c == '?' || c == '#' || c == '*') {
        throw new IllegalArgumentException();
      }
    }
    return host;
  }

  /** By its text alone, so that no resolver runs: a name that is not local counts as off. */
  static boolean isLoopback(String host) {
    String name = lower(host);
    if (name.equals("localhost") || name.equals("::1") || name.equals("0:0:0:0:0:0:0:1")) {
      return true;
    }
    if (!name.startsWith("127.")) {
      return false;
    }
    int dots = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      dots += c == '.' ? 1 : 0;
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return dots == 3;
  }

  static String file(String text) {
    String name = filled(text);
    File file = new File(name);
    if (!file.isFile()) {
      throw new IllegalArgumentException(
          file.exists() ? "it is not a file" : "there is no such file");
    }
    if (!file.canRead()) {
      throw new IllegalArgumentException("it cannot be read");
    }
    return name;
  }

  static String url(String text, String scheme, String otherScheme) {
    String url = filled(text);
    String start = lower(url.substring(0, Math.min(url.length(), 8)));
    int rest = start.startsWith(scheme) ? scheme.length() : otherScheme.length();
    if (!start.startsWith(scheme) && !start.startsWith(otherScheme) || url.length() == rest) {
      throw new IllegalArgumentException();
    }
    for (int i = 0; i < url.length(); i++) {
      if (url.charAt(i) <= ' ') {
        throw new IllegalArgumentException("it contains a blank");
      }
    }
    return url;
  }

  /** Index of the next comma that is not escaped, or the length of the text. */
  static int comma(String text, int from) {
    int comma = text.indexOf(',', from);
    while (comma > 0 && text.charAt(comma - 1) == '\\' && comma > from) {
      comma = text.indexOf(',', comma + 1);
    }
    return comma < 0 ? text.length() : comma;
  }

  /** Only {@code \,} is an escape, so that file names of Windows need none. */
  static String unescape(String text) {
    return text.replace("\\,", ",");
  }

  /** ASCII lower case: the same under a Turkish locale. */
  static String lower(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        out = out == null ? new StringBuilder(text) : out;
        out.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return out == null ? text : out.toString();
  }
}
