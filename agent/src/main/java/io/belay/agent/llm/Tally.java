package io.belay.agent.llm;

import java.util.Arrays;
import java.util.Optional;

/**
 * What an answer has told of itself so far. Written by the thread that taps; {@link ResponseTap}
 * publishes it to others.
 */
final class Tally {
  private final int answers;
  private final Optional<KeptText> kept;
  private long text;
  private long pieces;
  private byte[] id = {};
  private byte[] model = {};
  private Usage reported = Usage.NONE;
  private boolean hasReport;
  private long textAtReport;
  private boolean ahead;
  private boolean complete;
  private boolean doubt;
  private boolean terminal;
  private boolean error;
  private boolean pending;
  private int finished;
  private Service tier = Service.UNSAID;
  private boolean regional;
  private long searches;
  private long sound;
  private int version;

  Tally(int answers, Optional<KeptText> kept) {
    this.answers = answers;
    this.kept = kept;
  }

  /** Adds a piece of generated text by its length in UTF-8. */
  void text(long bytes) {
    if (bytes > 0) {
      text += bytes;
      pieces++;
    }
  }

  /** Adds generated sound or a picture by the length of its Base64. */
  void sound(long bytes) {
    sound += bytes;
  }

  /** The provider has searched the web so often up to now. */
  void searched(long times) {
    if (times > searches) {
      searches = times;
      version++;
    }
  }

  /** Notes the tier that the event names; the last word counts, but for being left open. */
  void serve(Service service) {
    if (service != Service.UNSAID && service != tier) {
      tier = service;
      version++;
    }
  }

  /** Adds bytes that may be text, in pieces that mean nothing. */
  void unreadable(long bytes) {
    text += bytes;
  }

  /** Adds many pieces at once. */
  void text(long bytes, long count) {
    text += bytes;
    pieces += count;
  }

  /** The bytes of a text as they stand in the JSON, for a tokenizer if there is one. */
  void raw(byte[] b, int from, int to) {
    if (kept.isPresent()) {
      kept.get().append(b, from, to);
    }
  }

  boolean keepsText() {
    return kept.isPresent();
  }

  /** The provider's numbers up to now; they replace earlier ones. */
  void report(Usage usage) {
    reported = usage;
    hasReport = true;
    textAtReport = text;
    ahead = false;
    doubt = usage.estimated();
    version++;
  }

  /** The provider's numbers for the whole answer, told before its text. */
  void reportAhead(Usage usage) {
    report(usage);
    complete();
    ahead = true;
  }

  /** No further numbers will come. */
  void complete() {
    if (!complete) {
      complete = true;
      version++;
    }
  }

  /** The answer is over as far as the provider is concerned. */
  void terminal() {
    if (!terminal) {
      terminal = true;
      version++;
    }
  }

  /** The answer says that the real one is yet to be made. */
  void pending() {
    pending = true;
  }

  boolean isPending() {
    return pending;
  }

  void error() {
    if (!error) {
      error = true;
      version++;
    }
  }

  /** An event could not be read; it may have held newer numbers than those known. */
  void doubt() {
    doubt = true;
    version++;
  }

  /** Counts answers that have ended; true if that was the last one asked for. */
  boolean finished(int count) {
    if (count > 0) {
      finished += count;
      version++;
    }
    return finished >= answers;
  }

  /** Notes id and model the first time they are seen, and the tier as it is now. */
  void identify(Fields fields) {
    identify(fields, false);
  }

  /**
   * The same.
   *
   * @param prepaid whether what the provider calls priority is paid in advance, and dearer tiers
   *     are not taken back
   */
  void identify(Fields fields, boolean prepaid) {
    Service named = fields.service(prepaid);
    serve(prepaid ? named.or(tier) : named);
    if (fields.has(Slot.REGION) && fields.number(Slot.REGION) > 0 && !regional) {
      regional = true;
      version++;
    }
    if (id.length == 0 && fields.length(Slot.ID) > 0) {
      id = Arrays.copyOf(fields.string(Slot.ID), fields.length(Slot.ID));
      version++;
    }
    if (model.length == 0 && fields.length(Slot.MODEL) > 0) {
      model = Arrays.copyOf(fields.string(Slot.MODEL), fields.length(Slot.MODEL));
      version++;
    }
  }

  /** Changes whenever anything but text does. */
  int version() {
    return version;
  }

  long textBytes() {
    return text;
  }

  long pieces() {
    return pieces;
  }

  long soundBytes() {
    return sound;
  }

  long searches() {
    return searches;
  }

  Service tier() {
    return tier;
  }

  boolean isRegional() {
    return regional;
  }

  byte[] id() {
    return id;
  }

  byte[] model() {
    return model;
  }

  Usage reported() {
    return reported;
  }

  boolean hasReport() {
    return hasReport;
  }

  /** Whether the numbers known are the provider's last word. */
  boolean settled() {
    return hasReport && complete && !doubt && (ahead || text == textAtReport);
  }

  boolean isTerminal() {
    return terminal;
  }

  boolean isError() {
    return error;
  }
}
