package io.belay.agent.llm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Generated text kept for a tokenizer, escapes as they stood in the JSON until it is asked for.
 * Beyond the limit it keeps nothing more and says so.
 */
final class KeptText {
  private static final int LIMIT = 8 << 20;

  // Guarded by this.
  private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
  private boolean whole = true;

  synchronized void append(byte[] b, int from, int to) {
    if (raw.size() + to - from > LIMIT) {
      whole = false;
    } else {
      raw.write(b, from, to - from);
    }
  }

  synchronized boolean whole() {
    return whole;
  }

  /** The text with escapes resolved. */
  synchronized String text() {
    String escaped = raw.toString(StandardCharsets.UTF_8);
    StringBuilder text = new StringBuilder(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c != '\\' || i + 1 == escaped.length()) {
        text.append(c);
        continue;
      }
      c = escaped.charAt(++i);
      switch (c) {
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case 'r' -> text.append('\r');
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'u' -> {
          int unit = 0;
          int digits = 0;
          while (digits < 4 && i + 1 < escaped.length()) {
            unit = unit << 4 | Math.max(0, Character.digit(escaped.charAt(++i), 16));
            digits++;
          }
          if (digits == 4) {
            text.append((char) unit);
          }
        }
        default -> text.append(c);
      }
    }
    return text.toString();
  }
}
