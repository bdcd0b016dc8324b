package io.belay.agent.llm;

/**
 * A JSON document in Base64 inside a string of another one, decoded as it passes (Bedrock's {@code
 * InvokeModelWithResponseStream}). Its values land in the same fields.
 */
final class InnerJson implements Fields.Inner {
  private final JsonScan scan;
  private final Fields fields;
  private final Tally tally;
  private final byte[] decoded = new byte[3];
  private int bits;
  private int digits;

  InnerJson(Dialect dialect, Tally tally, Fields fields) {
    this.tally = tally;
    this.fields = fields;
    scan = new JsonScan(dialect.innerAnswer(), fields);
  }

  @Override
  public void begin() {
    scan.reset();
    bits = 0;
    digits = 0;
  }

  @Override
  public void accept(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      int digit = digit(b[i]);
      if (digit < 0) {
        continue;
      }
      bits = bits << 6 | digit;
      if (++digits == 4) {
        flush(3);
      }
    }
  }

  @Override
  public void end() {
    if (digits > 1) {
      bits <<= 6 * (4 - digits);
      flush(digits - 1);
    }
    if (!scan.complete()) {
      tally.text(scan.pendingText());
      scan.reset();
      fields.doubtful(true);
      tally.doubt();
    }
  }

  long pendingText() {
    return scan.pendingText();
  }

  private void flush(int length) {
    decoded[0] = (byte) (bits >> 16);
    decoded[1] = (byte) (bits >> 8);
    decoded[2] = (byte) bits;
    scan.feed(decoded, 0, length);
    bits = 0;
    digits = 0;
  }

  /** The escape of a slash ({@code \/}) leaves a backslash here, skipped like padding. */
  private static int digit(byte c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return c == '+' ? 62 : c == '/' ? 63 : -1;
  }
}
