package io.belay.agent.llm;

/** What can stand at a place of an answer. One vocabulary, so that a dialect is mostly a table. */
final class Slot {
  /** Generated text; its length is added up, its bytes are not kept. */
  static final int TEXT = 0;

  /** A value that differs from event to event and means nothing here: padding, sequence numbers. */
  static final int VARIES = 1;

  static final int ID = 2;
  static final int MODEL = 3;
  static final int TYPE = 4;

  /** The whole document, or one element of a document that is an array. */
  static final int ROOT = 5;

  /** The object that holds the counts; opening it forgets an earlier one of the same event. */
  static final int USAGE = 6;

  static final int INPUT = 7;
  static final int OUTPUT = 8;
  static final int TOTAL = 9;
  static final int CACHE_READ = 10;
  static final int CACHE_WRITE = 11;
  static final int CACHE_WRITE_HOUR = 12;
  static final int REASONING = 13;

  /** Counts that a second party vouches for: billed units, invocation metrics. */
  static final int INPUT_ALSO = 14;

  static final int OUTPUT_ALSO = 15;
  static final int CACHE_READ_ALSO = 16;
  static final int CACHE_WRITE_ALSO = 17;

  /** Input used by tools that the provider runs itself. */
  static final int TOOL_INPUT = 18;

  /** Parts of the counts that have a price of their own. */
  static final int AUDIO_INPUT = 19;

  static final int AUDIO_OUTPUT = 20;
  static final int AUDIO_CACHE_READ = 21;
  static final int PICTURE_OUTPUT = 22;
  static final int SEARCHES = 23;

  /** Up to here are the counts of a usage object. */
  static final int LAST_COUNT = SEARCHES;

  /** Why an answer ended; each one is counted. */
  static final int FINISH = 24;

  static final int ERROR = 25;

  /** One of several answers. */
  static final int CHOICE = 26;

  /** The flag of a last line or event. */
  static final int DONE = 27;

  /** Base64 of another document. */
  static final int INNER = 28;

  /** Generated text that is an object: counted by its length in JSON. */
  static final int TEXT_OBJECT = 29;

  /** A token count that occurs once per item and is added up. */
  static final int INPUT_ITEM = 30;

  /** The tier of service by its name. */
  static final int SERVICE = 31;

  /** How fast the model was made to be. */
  static final int SPEED = 32;

  /** The region in which it was kept. */
  static final int REGION = 33;

  /** Tokens of one modality, an object with both, of the input, the output or the cache. */
  static final int INPUT_PART = 34;

  static final int OUTPUT_PART = 35;
  static final int CACHE_PART = 36;
  static final int MODALITY = 37;
  static final int PART_TOKENS = 38;

  /** A piece of an answer that may be a tool's use, what it is, and what the tool did. */
  static final int ITEM = 39;

  static final int ITEM_TYPE = 40;
  static final int ITEM_ACTION = 41;

  /** A search of the web as such; the number is how many there were. */
  static final int SEARCHED = 42;

  /** Something that was found on the web. */
  static final int FOUND = 43;

  /** Base64 of generated sound or pictures. */
  static final int SOUND = 44;

  static final int COUNT = 45;

  private Slot() {}
}
