package io.belay.agent.llm;

import java.nio.charset.StandardCharsets;

/**
 * Objects of an event that mean something only as a whole: so many tokens of one modality, the use
 * of a tool.
 */
final class Parts {
  private static final byte[] AUDIO = ascii("AUDIO");
  private static final byte[] IMAGE = ascii("IMAGE");
  private static final byte[] VIDEO = ascii("VIDEO");
  private static final byte[] SEARCH_CALL = ascii("web_search_call");
  private static final byte[] SERVER_TOOL = ascii("server_tool_use");
  private static final byte[] SEARCH = ascii("search");

  private final Fields fields;
  private boolean sound;
  private boolean picture;
  private long tokens;
  private boolean tool;
  private boolean elsewhere;

  Parts(Fields fields) {
    this.fields = fields;
  }

  private static byte[] ascii(String word) {
    return word.getBytes(StandardCharsets.US_ASCII);
  }

  void open(int slot) {
    if (slot == Slot.INPUT_PART || slot == Slot.OUTPUT_PART || slot == Slot.CACHE_PART) {
      sound = false;
      picture = false;
      tokens = 0;
    } else if (slot == Slot.ITEM) {
      tool = false;
      elsewhere = false;
    }
  }

  void tokens(long value) {
    tokens = value;
  }

  void word(int slot, byte[] word, int length) {
    switch (slot) {
      case Slot.MODALITY -> {
        sound = is(AUDIO, word, length);
        picture = is(IMAGE, word, length) || is(VIDEO, word, length);
      }
      case Slot.ITEM_TYPE -> tool = is(SEARCH_CALL, word, length) || is(SERVER_TOOL, word, length);
      // Pages that are opened or looked through are not searches.
      case Slot.ITEM_ACTION -> elsewhere = !is(SEARCH, word, length);
      default -> {}
    }
  }

  void close(int slot) {
    switch (slot) {
      case Slot.INPUT_PART -> add(Slot.AUDIO_INPUT, sound);
      case Slot.OUTPUT_PART -> {
        add(Slot.AUDIO_OUTPUT, sound);
        add(Slot.PICTURE_OUTPUT, picture);
      }
      case Slot.CACHE_PART -> add(Slot.AUDIO_CACHE_READ, sound);
      case Slot.ITEM -> {
        if (tool && !elsewhere) {
          fields.add(Slot.SEARCHED, 1);
        }
      }
      default -> {}
    }
  }

  private void add(int slot, boolean counts) {
    if (counts) {
      fields.add(slot, tokens);
    }
  }

  private static boolean is(byte[] known, byte[] word, int length) {
    return length == known.length && java.util.Arrays.equals(known, 0, length, word, 0, length);
  }
}
