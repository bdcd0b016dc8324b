package io.belay.agent.log;

/**
 * Text that others chose, made safe to be shown: it must neither move the cursor nor make what
 * stands there look like something else.
 */
public final class OneLine {
  private OneLine() {}

  /** In one line, with what cannot be seen written out. */
  public static String of(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        out = out == null ? new StringBuilder(text) : out;
        out.setCharAt(i, ' ');
      }
    }
    return visible(out == null ? text : out.toString());
  }

  /**
   * With the characters that are not seen but change what is (the order of writing, what joins, a
   * line's end) as <code>&#92;u202e</code>, which in a JSON document means the same as they do.
   */
  public static String visible(String text) {
    StringBuilder out = null;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      int next = at + Character.charCount(c);
      if (isHidden(c)) {
        out = out == null ? new StringBuilder().append(text, 0, at) : out;
        for (int i = at; i < next; i++) {
          out.append(String.format("\\u%04x", (int) text.charAt(i)));
        }
      } else if (out != null) {
        out.appendCodePoint(c);
      }
      at = next;
    }
    return out == null ? text : out.toString();
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
