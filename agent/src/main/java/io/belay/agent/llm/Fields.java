package io.belay.agent.llm;

import java.util.Arrays;
import java.util.Optional;

/**
 * The values found in one event, before anybody believes them: an event counts only when it has
 * been read to its end. Text is the exception, it is added to the tally as it comes.
 */
final class Fields implements JsonScan.Sink {
  private static final int HOLES = 8;

  /** Takes the raw bytes of a string that holds another document. */
  interface Inner {
    void begin();

    void accept(byte[] b, int from, int to);

    void end();
  }

  private final Tally tally;
  private Optional<Inner> inner = Optional.empty();
  private boolean innerOpen;
  private Runnable rootClosed = () -> {};
  private final long[] numbers = new long[Slot.COUNT];
  private final byte[][] strings = new byte[Slot.COUNT][];
  private final int[] lengths = new int[Slot.COUNT];
  private final int[] counts = new int[Slot.COUNT];
  private long seen;
  private boolean inexact;
  private boolean doubtful;
  private boolean plain;
  private boolean rootArray;

  /** Where in the document text and varying values stood, for {@link Template}. */
  final long[] holeFrom = new long[HOLES];

  final long[] holeTo = new long[HOLES];
  final boolean[] holeText = new boolean[HOLES];
  final boolean[] holeNumber = new boolean[HOLES];
  int holes;

  private long objectFrom;
  private final Parts parts = new Parts(this);

  Fields(Tally tally) {
    this.tally = tally;
  }

  void inner(Inner reader) {
    inner = Optional.of(reader);
  }

  /** Called at the end of the document, or of each element if it is an array. */
  void onRoot(Runnable action) {
    rootClosed = action;
  }

  void reset() {
    seen = 0;
    inexact = false;
    doubtful = false;
    innerOpen = false;
    holes = 0;
    Arrays.fill(counts, 0);
  }

  /** Whether these come from a plain answer rather than from an event of a stream. */
  boolean plain() {
    return plain;
  }

  void setPlain(boolean value) {
    plain = value;
  }

  boolean has(int slot) {
    return (seen & 1L << slot) != 0;
  }

  /** The number in a slot, 0 if there is none. */
  long number(int slot) {
    return has(slot) ? numbers[slot] : 0;
  }

  /** Whether all counts were whole, non-negative numbers in a sound event. */
  boolean exact() {
    return !inexact && !doubtful;
  }

  /** Says that the event's numbers are not to be trusted to the token. */
  void doubtful(boolean value) {
    doubtful |= value;
  }

  /** How many values the slot has had. */
  int count(int slot) {
    return counts[slot];
  }

  boolean is(int slot, String value) {
    if (!has(slot) || lengths[slot] != value.length()) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      if (strings[slot][i] != value.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  byte[] string(int slot) {
    return strings[slot];
  }

  int length(int slot) {
    return has(slot) && strings[slot] != null ? lengths[slot] : 0;
  }

  @Override
  public void open(Shape place, boolean array, long at) {
    int slot = place.slot();
    if (slot == Slot.ROOT) {
      rootArray |= array;
      return;
    }
    if (slot == Slot.USAGE) {
      // A second usage object in one event replaces the first, as it does for any parser.
      for (int i = Slot.INPUT; i <= Slot.LAST_COUNT; i++) {
        seen &= ~(1L << i);
      }
      inexact = false;
    }
    if (slot == Slot.TEXT_OBJECT) {
      objectFrom = at;
    } else if (slot >= Slot.INPUT_PART) {
      parts.open(slot);
    }
    mark(slot);
  }

  @Override
  public void close(Shape place, long end) {
    if (place.slot() == Slot.TEXT_OBJECT) {
      tally.text(end - objectFrom);
    } else if (place.slot() == Slot.ROOT) {
      rootClosed.run();
    } else if (place.slot() >= Slot.INPUT_PART) {
      parts.close(place.slot());
    }
  }

  /** Whether the document was an array of documents. */
  boolean rootArray() {
    return rootArray;
  }

  @Override
  public void string(Shape place, long from, long to, long bytes, byte[] head, int headLength) {
    int slot = place.slot();
    if (slot == Slot.TEXT) {
      tally.text(bytes);
      hole(from, to, true, false);
      return;
    }
    if (slot == Slot.VARIES) {
      hole(from, to, false, false);
      return;
    }
    if (slot == Slot.INNER) {
      if (innerOpen) {
        innerOpen = false;
        inner.get().end();
      }
      return;
    }
    if (slot >= Slot.SERVICE) {
      word(slot, bytes, head, headLength);
      return;
    }
    if (strings[slot] == null) {
      strings[slot] = new byte[JsonScan.HEAD];
    }
    System.arraycopy(head, 0, strings[slot], 0, headLength);
    lengths[slot] = headLength;
    if (slot >= Slot.INPUT && slot <= Slot.LAST_COUNT) {
      inexact = true;
    }
    mark(slot);
  }

  @Override
  public void number(Shape place, long from, long to, long value, boolean exact) {
    int slot = place.slot();
    if (slot == Slot.VARIES) {
      hole(from, to, false, true);
      return;
    }
    if (slot >= Slot.SERVICE) {
      // Only the tokens of a part are a number; a tier is none, whatever it says.
      if (slot == Slot.PART_TOKENS) {
        inexact |= !exact || value < 0;
        parts.tokens(value);
      }
      return;
    }
    if (slot == Slot.INPUT_ITEM && has(slot)) {
      numbers[slot] += value;
    } else {
      numbers[slot] = value;
    }
    if (slot >= Slot.INPUT && slot <= Slot.LAST_COUNT || slot == Slot.INPUT_ITEM) {
      inexact |= !exact || value < 0;
    }
    mark(slot);
  }

  @Override
  public void literal(Shape place, long from, long to, byte letter) {
    if (letter == 'n' || place.slot() >= Slot.SERVICE) {
      return;
    }
    numbers[place.slot()] = letter == 't' ? 1 : 0;
    if (place.slot() != Slot.DONE || letter == 't') {
      mark(place.slot());
    }
  }

  @Override
  public void run(Shape place, byte[] b, int from, int to) {
    if (place.slot() == Slot.INNER) {
      if (inner.isPresent()) {
        if (!innerOpen) {
          innerOpen = true;
          inner.get().begin();
        }
        inner.get().accept(b, from, to);
      }
    } else {
      tally.raw(b, from, to);
    }
  }

  /** Words whose meaning is a number, so that none of them is kept. */
  private void word(int slot, long bytes, byte[] head, int length) {
    switch (slot) {
      case Slot.SERVICE -> dearest(slot, Service.tier(head, length));
      case Slot.SPEED -> dearest(slot, Service.speed(head, length));
      case Slot.REGION -> {
        numbers[slot] = length == 2 ? 1 : 0;
        mark(slot);
      }
      case Slot.SEARCHED -> add(slot, bytes > 0 ? 1 : 0);
      case Slot.SOUND -> {
        tally.sound(bytes);
        // An event like this one says something else: none is skipped for it.
        holes = HOLES + 1;
      }
      case Slot.PART_TOKENS -> inexact = true;
      default -> parts.word(slot, head, length);
    }
  }

  private void dearest(int slot, Service service) {
    numbers[slot] = Math.max(number(slot), service.ordinal());
    mark(slot);
  }

  /** The tier that the event names; {@link Service#UNSAID} if it names none. */
  Service service(boolean prepaid) {
    Service tier = Service.at(number(Slot.SERVICE));
    tier = prepaid && tier == Service.PRIORITY ? Service.STANDARD : tier;
    return tier.or(Service.at(number(Slot.SPEED)));
  }

  /** Adds to a number that an event may have several times. */
  void add(int slot, long value) {
    numbers[slot] = number(slot) + value;
    mark(slot);
  }

  private void mark(int slot) {
    seen |= 1L << slot;
    counts[slot]++;
  }

  private void hole(long from, long to, boolean text, boolean number) {
    if (holes < HOLES) {
      holeFrom[holes] = from;
      holeTo[holes] = to;
      holeText[holes] = text;
      holeNumber[holes] = number;
    }
    holes++;
  }
}
