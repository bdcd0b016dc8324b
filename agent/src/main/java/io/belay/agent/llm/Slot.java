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

  /** Why an answer ended; each one is counted. */
  static final int FINISH = 19;

  static final int ERROR = 20;

  /** One of several answers. */
  static final int CHOICE = 21;

  /** The flag of a last line or event. */
  static final int DONE = 22;

  /** Base64 of another document. */
  static final int INNER = 23;

  /** Generated text that is an object: counted by its length in JSON. */
  static final int TEXT_OBJECT = 24;

  /** A token count that occurs once per item and is added up. */
  static final int INPUT_ITEM = 25;

  static final int COUNT = 26;

  private Slot() {}
}
