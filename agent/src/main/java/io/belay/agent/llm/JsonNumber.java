package io.belay.agent.llm;

/**
 * The grammar of a JSON number, one byte at a time, and its value if that is a whole long, however
 * it is written: 12, 12.0, 1.2e1.
 */
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

  /** No whole long has a longer fraction or a larger exponent. */
  private static final int MOST_DIGITS = 18;

  private State state = State.MINUS;
  private boolean negative;
  private boolean exact;
  private long value;
  private long fraction;
  private int fractionDigits;
  private int exponent;
  private boolean divides;

  /** Whether a number may begin so. */
  boolean start(byte c) {
    negative = c == '-';
    exact = true;
    value = 0;
    fraction = 0;
    fractionDigits = 0;
    exponent = 0;
    divides = false;
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
          if (fractionDigits < MOST_DIGITS) {
            fraction = fraction * 10 + (c - '0');
            fractionDigits++;
          } else {
            exact &= c == '0';
          }
          state = State.FRACTION;
          return true;
        }
        return state == State.FRACTION && exponent(c);
      case EXPONENT:
        if (c == '+' || c == '-') {
          divides = c == '-';
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

  /** Its value; means something only if {@link #exact()}, which is to be asked first. */
  long value() {
    return negative ? -value : value;
  }

  /** Whether it is a whole long. */
  boolean exact() {
    if (fraction != 0 || exponent != 0) {
      exact &= shift(divides ? -exponent : exponent);
      fraction = 0;
      exponent = 0;
    }
    return exact;
  }

  /** Moves the point; false if something but zeros stays behind it, or if there is no room. */
  private boolean shift(int places) {
    int left = fractionDigits;
    while (left > 0 && fraction % 10 == 0) {
      fraction /= 10;
      left--;
    }
    for (int i = 0; i < left; i++) {
      if (value > (Long.MAX_VALUE - 9) / 10) {
        return false;
      }
      value *= 10;
    }
    value += fraction;
    for (int i = places - left; i != 0 && value != 0; i += i > 0 ? -1 : 1) {
      boolean fits = i > 0 ? value <= (Long.MAX_VALUE - 9) / 10 : value % 10 == 0;
      if (!fits) {
        return false;
      }
      value = i > 0 ? value * 10 : value / 10;
    }
    return true;
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
    state = State.EXPONENT;
    return true;
  }

  private boolean exponentDigit(byte c) {
    if (!digit(c)) {
      return false;
    }
    exponent = Math.min(exponent * 10 + (c - '0'), 100);
    state = State.EXPONENT_DIGITS;
    return true;
  }
}
