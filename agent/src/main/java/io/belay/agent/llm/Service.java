package io.belay.agent.llm;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The tier of service at which a call is made, by rising price. Providers' names differ. */
public enum Service {
  /** Nobody has named one, or it is left to the provider. */
  UNSAID(100, "auto unspecified service_tier_unspecified traffic_type_unspecified"),

  FLEX(100, "flex service_tier_flex on_demand_flex batch"),

  /** Capacity that is paid in advance costs no more than this, either. */
  STANDARD(
      100,
      "standard default standard_only service_tier_standard on_demand"
          + " scale reserved provisioned_throughput"),

  /** OpenAI has two names for it; of Bedrock's faster answers it is more than the price. */
  PRIORITY(250, "priority fast service_tier_priority on_demand_priority"),

  /** Anthropic's faster models and OpenAI's fastest. */
  FAST(600, "ultrafast"),

  /** One that Belay does not know: the dearest that it does. */
  OTHER(600, "");

  private static final Service[] ALL = values();
  private static final byte[][][] WORDS = new byte[ALL.length][][];

  static {
    for (Service service : ALL) {
      String[] words = service.words.split(" ");
      byte[][] bytes = new byte[words.length][];
      for (int i = 0; i < words.length; i++) {
        bytes[i] = words[i].getBytes(StandardCharsets.US_ASCII);
      }
      WORDS[service.ordinal()] = bytes;
    }
  }

  /** What it costs where no rate of it is known, in percent of the standard: the most known. */
  final int percent;

  private final String words;

  Service(int percent, String words) {
    this.percent = percent;
    this.words = words;
  }

  /** The tier that a provider calls so. Makes no object, since answers name it again and again. */
  static Service tier(byte[] word, int length) {
    if (length == 0) {
      return UNSAID;
    }
    for (Service service : ALL) {
      for (byte[] known : WORDS[service.ordinal()]) {
        if (same(known, word, length)) {
          return service;
        }
      }
    }
    return OTHER;
  }

  /** The same of a word that says how fast a model is to be, whatever the tier. */
  static Service speed(byte[] word, int length) {
    if (same(WORDS[STANDARD.ordinal()][0], word, length)) {
      return STANDARD;
    }
    if (length == 4 && (word[0] | 0x20) == 'f') {
      return FAST;
    }
    return length == 9 && (word[0] | 0x20) == 'o' ? PRIORITY : OTHER;
  }

  static Service tier(String word) {
    byte[] bytes = word.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    return tier(bytes, bytes.length);
  }

  static Service at(long ordinal) {
    return ordinal < 0 || ordinal >= ALL.length ? OTHER : ALL[(int) ordinal];
  }

  /** The dearer of both. */
  public Service or(Service other) {
    return compareTo(other) < 0 ? other : this;
  }

  private static boolean same(byte[] known, byte[] word, int length) {
    if (known.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      byte c = word[i];
      if (known[i] != (c >= 'A' && c <= 'Z' ? c | 0x20 : c)) {
        return false;
      }
    }
    return true;
  }
}
