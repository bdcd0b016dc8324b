package io.belay.agent.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The form of run ids: 1 to 128 of {@code [A-Za-z0-9._:~-]}. */
public final class RunIds {
  /** Longest legal id, in characters. */
  public static final int MAX = 128;

  /** How many random bytes an id is made of. */
  private static final int BYTES = 16;

  private static final byte[] ID =
      "0123456789abcdefghjkmnpqrstvwxyz".getBytes(StandardCharsets.ISO_8859_1);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private RunIds() {}

  /**
   * Makes an id legal: everything else becomes {@code -}, what is too long is cut. Empty when the
   * text is null or blank, so that the caller generates one. {@code .} and {@code ..} are not legal
   * either: in an address, browsers and other clients take them for steps of the path.
   */
  public static String clean(@Nullable String text) {
    String id = text == null ? "" : text.strip();
    if (id.isEmpty()) {
      return id;
    }
    StringBuilder out = new StringBuilder(Math.min(id.length(), MAX));
    for (int i = 0; i < id.length() && out.length() < MAX; i++) {
      char c = id.charAt(i);
      if (isLegal(c)) {
        out.append(c);
      } else if (!Character.isLowSurrogate(c) || i == 0 || !isHigh(id.charAt(i - 1))) {
        out.append('-'); // one for a character outside the basic plane, not two
      }
    }
    String made = out.toString();
    return made.equals(".") || made.equals("..") ? made.replace('.', '-') : made;
  }

  /**
   * The id for the n-th live run of the same id: {@code chat~2}, cut before the suffix to fit.
   *
   * @param n 2 or more
   */
  public static String suffixed(String id, int n) {
    String suffix = "~" + n;
    return id.substring(0, Math.min(id.length(), MAX - suffix.length())) + suffix;
  }

  private static boolean isHigh(char c) {
    return Character.isHighSurrogate(c);
  }

  private static boolean isLegal(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '.'
        || c == '_'
        || c == ':'
        || c == '~'
        || c == '-';
  }

  /** A new id that nobody can guess. */
  static String generated() {
    Supply supply = Supply.current;
    int at = supply.next.getAndAdd(BYTES);
    while (at < 0 || at + BYTES > supply.random.length) {
      supply = new Supply();
      Supply.current = supply;
      at = supply.next.getAndAdd(BYTES);
    }
    long high = (long) LONGS.get(supply.random, at);
    long low = (long) LONGS.get(supply.random, at + Long.BYTES);
    byte[] id = new byte[26];
    for (int i = 0; i < 12; i++) {
      id[i] = ID[(int) (high >>> 59 - 5 * i & 31)];
    }
    id[12] = ID[(int) ((high & 15) << 1 | low >>> 63)];
    for (int i = 0; i < 13; i++) { // The last shows three bits and two that are zero.
      id[13 + i] = ID[(int) ((i < 12 ? low >>> 58 - 5 * i : low << 2) & 31)];
    }
    return new String(id, StandardCharsets.ISO_8859_1);
  }

  /**
   * Random bytes for the next ids, each of which is taken once: a server begins a run for each
   * request, and its threads would meet at the source's lock. The first is made when the first id
   * is, since the source is slow to set up.
   */
  private static final class Supply {
    private static final SecureRandom SOURCE = new SecureRandom();
    static volatile Supply current = new Supply();

    final byte[] random = new byte[64 * BYTES];
    final AtomicInteger next = new AtomicInteger();

    Supply() {
      SOURCE.nextBytes(random);
    }
  }
}
