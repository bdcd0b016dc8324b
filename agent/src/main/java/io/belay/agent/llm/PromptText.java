package io.belay.agent.llm;

import java.nio.charset.StandardCharsets;

/** Takes out of a request's body what a model reads, in a second pass, for a tokenizer. */
final class PromptText implements JsonScan.Sink {
  private final byte[] body;
  private final StringBuilder text = new StringBuilder();
  private int rawFrom;

  private PromptText(byte[] body) {
    this.body = body;
  }

  /** The texts of a body that has been read before, one below the other. */
  static String of(Shape request, byte[] body) {
    PromptText found = new PromptText(body);
    new JsonScan(request, found).feed(body, 0, body.length);
    return found.text.toString();
  }

  @Override
  public void open(Shape place, boolean array, long at) {
    if (place.slot() == Ask.RAW) {
      rawFrom = (int) at;
    }
  }

  @Override
  public void close(Shape place, long end) {
    if (place.slot() == Ask.RAW) {
      line(new String(body, rawFrom, (int) end - rawFrom, StandardCharsets.UTF_8));
    }
  }

  @Override
  public void string(Shape place, long from, long to, long bytes, byte[] head, int headLength) {
    switch (place.slot()) {
      case Ask.TEXT, Ask.RAW, Ask.MESSAGE, Ask.MESSAGES, Ask.PROMPT -> {
        KeptText kept = new KeptText();
        kept.append(body, (int) from, (int) to);
        line(kept.text());
      }
      default -> {}
    }
  }

  @Override
  public void number(Shape place, long from, long to, long value, boolean exact) {}

  @Override
  public void literal(Shape place, long from, long to, byte letter) {}

  private void line(String piece) {
    text.append(piece).append('\n');
  }
}
