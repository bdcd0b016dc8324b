package io.belay.agent.rule;

/** Matches texts with {@code *} for any run of characters; everything else stands for itself. */
final class Glob {
  private Glob() {}

  static boolean matches(String pattern, String text) {
    return matches(pattern, text, '\0', false);
  }

  /**
   * The same, but a {@code *} does not match a separator; two of them match everything.
   *
   * @param separator {@code '\0'} for none
   */
  static boolean matches(String pattern, String text, char separator, boolean ignoreCase) {
    int p = 0;
    int t = 0;
    int star = -1; // the last single star, and where its match ends
    int starEnd = 0;
    int wide = -1; // the last star that crosses separators, to fall back to
    int wideEnd = 0;
    while (t < text.length() || p < pattern.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        int end = p;
        while (end < pattern.length() && pattern.charAt(end) == '*') {
          end++;
        }
        p = end;
        if (separator == '\0' || end > 1 && pattern.charAt(end - 2) == '*') {
          wide = p;
          wideEnd = t;
          star = -1;
        } else {
          star = p;
          starEnd = t;
        }
      } else if (p < pattern.length()
          && t < text.length()
          && same(pattern.charAt(p), text.charAt(t), ignoreCase)) {
        p++;
        t++;
      } else if (star >= 0 && starEnd < text.length() && text.charAt(starEnd) != separator) {
        p = star;
        t = ++starEnd;
      } else if (wide >= 0 && wideEnd < text.length()) {
        p = wide;
        t = ++wideEnd;
        star = -1;
      } else {
        return false;
      }
    }
    return true;
  }

  private static boolean same(char a, char b, boolean ignoreCase) {
    return a == b || ignoreCase && Character.toLowerCase(a) == Character.toLowerCase(b);
  }
}
