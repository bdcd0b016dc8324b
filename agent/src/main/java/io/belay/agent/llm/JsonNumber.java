package io.belay.agent.llm;

/** The grammar of a JSON number, one byte at a time, and its value if that is a whole long. */
final class JsonNumber {
  private enum State {
    MINUS,
    ZERO,
    DIGITS,
    POINT,
    FRACTION,
    EXPONENT,
    EXPONENT_SIGN,
    EXPONENT_DIGITS
  }

  private State state = State.MINUS;
  private boolean negative;
  private boolean exact;
  private long value;

  /** Whether a number may begin so. */
  boolean start(byte c) {
    negative = c == '-';
    exact = true;
    value = 0;
    if (negative) {
      state = State.MINUS;
      return true;
    }
    return digit(c) && first(c);
  }

  /** Takes one more byte; false if it does not belong to the number. */
  boolean next(byte c) {
    switch (state) {
      case MINUS:
        return digit(c) && first(c);
      case ZERO:
        return point(c) || exponent(c);
      case DIGITS:
        return digit(c) ? add(c) : point(c) || exponent(c);
      case POINT:
      case FRACTION:
        if (digit(c)) {
          // 12.0 is 12: some servers write every number as a double.
          exact &= c == '0';
          state = State.FRACTION;
          return true;
        }
        return state == State.FRACTION && exponent(c);
      case EXPONENT:
        if (c == '+' || c == '-') {
          state = State.EXPONENT_SIGN;
          return true;
        }
        return exponentDigit(c);
      default:
        return exponentDigit(c);
    }
  }

  boolean valid() {
    return state == State.ZERO
        || state == State.DIGITS
        || state == State.FRACTION
        || state == State.EXPONENT_DIGITS;
  }

  /** The digits before the point; meaningful as the number's value only if {@link #exact()}. */
  long value() {
    return negative ? -value : value;
  }

  boolean exact() {
    return exact;
  }

  private static boolean digit(byte c) {
    return c >= '0' && c <= '9';
  }

  private boolean first(byte c) {
    value = c - '0';
    state = c == '0' ? State.ZERO : State.DIGITS;
    return true;
  }

  private boolean add(byte c) {
    if (value > (Long.MAX_VALUE - 9) / 10) {
      exact = false;
    } else {
      value = value * 10 + (c - '0');
    }
    return true;
  }

  private boolean point(byte c) {
    if (c != '.') {
      return false;
    }
    state = State.POINT;
    return true;
  }

  private boolean exponent(byte c) {
    if (c != 'e' && c != 'E') {
      return false;
    }
    exact = false;
    state = State.EXPONENT;
    return true;
  }

  private boolean exponentDigit(byte c) {
    if (!digit(c)) {
      return false;
    }
    state = State.EXPONENT_DIGITS;
    return true;
  }
}
