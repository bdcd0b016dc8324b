package io.belay.agent.llm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Collects from one pass over a request's body what its limits and its size are. */
final class RequestReader implements JsonScan.Sink {
  enum Kind {
    NUMBER,
    ODD_NUMBER,
    STRING,
    NULL,
    TRUE,
    FALSE,
    OBJECT,
    ARRAY
  }

  /** A value at a place of interest and the bytes it takes up. */
  record Spot(int slot, Kind kind, int from, int to, long value) {}

  private static final byte[] DATA_URL = "data:".getBytes(StandardCharsets.US_ASCII);

  /** Base64 of sound that stands for one token, or less: 64 kbit/s at 32 tokens a second. */
  private static final long BASE64_PER_TOKEN = 256;

  private final List<Spot> spots = new ArrayList<>();
  private String model = "";
  private long textBytes;
  private long rawBytes;
  private long rawFrom;
  private int messages;
  private int tools;
  private int images;
  private int prompts;
  private long tokens;
  private boolean hidden;
  private boolean content;
  private boolean sound;

  @Override
  public void open(Shape place, boolean isArray, long at) {
    switch (place.slot()) {
      case Ask.RAW -> rawFrom = at;
      case Ask.MESSAGE -> {
        messages++;
        content = true;
      }
      case Ask.MESSAGES -> content |= isArray;
      case Ask.TOOL -> tools++;
      case Ask.HIDDEN, Ask.CONTINUES -> hidden = true;
      case Ask.PROMPT -> {
        prompts++;
        content = true;
      }
      case Ask.TEXT, Ask.SKIP, Ask.IMAGE, Ask.BINARY, Ask.TOKEN, Ask.AUDIO, Ask.MEDIA -> {}
      default -> {
        Kind kind = isArray ? Kind.ARRAY : Kind.OBJECT;
        spots.add(new Spot(place.slot(), kind, (int) at, (int) at + 1, 0));
      }
    }
  }

  @Override
  public void close(Shape place, long end) {
    if (place.slot() == Ask.RAW) {
      rawBytes += end - rawFrom;
    }
  }

  @Override
  public void string(Shape place, long from, long to, long bytes, byte[] head, int headLength) {
    switch (place.slot()) {
      case Ask.TEXT -> text(bytes, head, headLength);
      case Ask.RAW -> rawBytes += bytes;
      case Ask.MESSAGE, Ask.MESSAGES -> {
        messages++;
        content = true;
        text(bytes, head, headLength);
      }
      case Ask.PROMPT -> {
        prompts++;
        content = true;
        text(bytes, head, headLength);
      }
      case Ask.IMAGE -> images++;
      case Ask.BINARY -> {
        if (base64(bytes, head, headLength) || dataUrl(head, headLength)) {
          images++;
        } else {
          textBytes += bytes;
        }
      }
      case Ask.AUDIO -> {
        sound = true;
        images++;
        // Longer than what any file counts for.
        tokens += Math.max(0, bytes / BASE64_PER_TOKEN - Tokens.PER_IMAGE);
      }
      case Ask.MEDIA -> {
        String type = new String(head, 0, headLength, StandardCharsets.ISO_8859_1);
        sound |= type.startsWith("audio/") || type.startsWith("video/");
      }
      case Ask.HIDDEN -> hidden = true;
      case Ask.CONTINUES -> {
        hidden = true;
        spots.add(new Spot(Ask.CONTINUES, Kind.STRING, (int) from, (int) to, 0));
      }
      case Ask.SKIP, Ask.TOKEN, Ask.TOOL -> {}
      case Ask.MODEL -> {
        model = bytes == headLength ? new String(head, 0, headLength, StandardCharsets.UTF_8) : "";
        spots.add(new Spot(Ask.MODEL, Kind.STRING, (int) from, (int) to, 0));
      }
      case Ask.LIMIT, Ask.LIMIT_OLD, Ask.THINKING -> {
        // Some servers read a number that is written as a text (Gemini's, vLLM): it stays one.
        long value = bytes == to - from && bytes == headLength ? digits(head, headLength) : -1;
        Kind kind = value < 0 ? Kind.STRING : Kind.NUMBER;
        spots.add(new Spot(place.slot(), kind, (int) from, (int) to, Math.max(0, value)));
      }
      default -> spots.add(new Spot(place.slot(), Kind.STRING, (int) from, (int) to, 0));
    }
  }

  /** The number that the text is; -1 if it has anything but a few digits. */
  private static long digits(byte[] text, int length) {
    long value = length == 0 || length > 15 ? -1 : 0;
    for (int i = 0; i < length && value >= 0; i++) {
      value = text[i] >= '0' && text[i] <= '9' ? value * 10 + (text[i] - '0') : -1;
    }
    return value;
  }

  @Override
  public void number(Shape place, long from, long to, long value, boolean exact) {
    switch (place.slot()) {
      case Ask.TOKEN -> tokens++;
      case Ask.PROMPT -> {
        // A flat array of token ids is one prompt.
        tokens++;
        content = true;
      }
      case Ask.TEXT -> textBytes += to - from;
      case Ask.SKIP,
          Ask.RAW,
          Ask.MESSAGE,
          Ask.MESSAGES,
          Ask.TOOL,
          Ask.IMAGE,
          Ask.BINARY,
          Ask.AUDIO,
          Ask.MEDIA,
          Ask.HIDDEN -> {}
      default -> {
        Kind kind = exact ? Kind.NUMBER : Kind.ODD_NUMBER;
        spots.add(new Spot(place.slot(), kind, (int) from, (int) to, value));
      }
    }
  }

  @Override
  public void literal(Shape place, long from, long to, byte letter) {
    if (place.slot() >= Ask.ROOT) {
      Kind kind = letter == 'n' ? Kind.NULL : letter == 't' ? Kind.TRUE : Kind.FALSE;
      spots.add(new Spot(place.slot(), kind, (int) from, (int) to, 0));
    }
  }

  private void text(long bytes, byte[] head, int headLength) {
    if (dataUrl(head, headLength)) {
      images++;
    } else {
      textBytes += bytes;
    }
  }

  private static boolean dataUrl(byte[] head, int length) {
    if (length < DATA_URL.length) {
      return false;
    }
    for (int i = 0; i < DATA_URL.length; i++) {
      if (head[i] != DATA_URL[i]) {
        return false;
      }
    }
    return new String(head, 0, length, StandardCharsets.ISO_8859_1).contains(";base64,");
  }

  /** No blanks in the first bytes of something long: no text that people write looks like that. */
  private static boolean base64(long bytes, byte[] head, int length) {
    if (bytes < 64) {
      return bytes % 4 == 0 && onlyBase64(head, length);
    }
    return onlyBase64(head, length);
  }

  private static boolean onlyBase64(byte[] head, int length) {
    for (int i = 0; i < length; i++) {
      byte c = head[i];
      boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
      if (!letter && c != '+' && c != '/' && c != '=' && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }

  /** Every value met at a slot, in order. */
  List<Spot> at(int slot) {
    return spots.stream().filter(spot -> spot.slot() == slot).toList();
  }

  boolean has(int slot, Kind kind) {
    return spots.stream().anyMatch(spot -> spot.slot() == slot && spot.kind() == kind);
  }

  /** The largest number at a slot; -1 if there is none. */
  long largest(int slot) {
    long largest = -1;
    for (Spot spot : spots) {
      if (spot.slot() == slot && spot.kind() == Kind.NUMBER) {
        largest = Math.max(largest, spot.value());
      }
    }
    return largest;
  }

  String model() {
    return model;
  }

  long textBytes() {
    return textBytes;
  }

  long rawBytes() {
    return rawBytes;
  }

  int messages() {
    return messages;
  }

  int tools() {
    return tools;
  }

  int images() {
    return images;
  }

  int prompts() {
    return prompts;
  }

  long tokens() {
    return tokens;
  }

  /** Whether the model hears something. */
  boolean sound() {
    return sound;
  }

  boolean hidden() {
    return hidden;
  }

  /** Whether there is anything for a model to read. */
  boolean hasContent() {
    return content;
  }
}
