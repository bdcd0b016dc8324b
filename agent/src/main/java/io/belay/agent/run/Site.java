package io.belay.agent.run;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A declared call site: what woven code means when it gives the gate a number. The subclasses are
 * the few things that a site can mean.
 */
public abstract class Site {
  private final String boundary;
  private final String label;
  private final boolean countsAll;
  private final AtomicInteger woven = new AtomicInteger();

  /** Whether it means nothing to a thread that works for no run; set by constructors alone. */
  boolean onlyInRuns;

  /** Whether it is not asked while nobody is at work for a run; set by constructors alone. */
  boolean restsWhenIdle;

  private int number;

  /** How often it was asked; counted without care, since it is only shown. */
  private long hits;

  /**
   * A site.
   *
   * @param boundary the name of the boundary that declares it, as the configuration has it
   * @param label type and method, for people
   */
  protected Site(String boundary, String label) {
    this(boundary, label, true);
  }

  /**
   * A site.
   *
   * @param countsAll whether the gatekeeper counts every time it is asked; else the site counts by
   *     itself what it had something to do with
   */
  Site(String boundary, String label, boolean countsAll) {
    this.boundary = boundary;
    this.label = label;
    this.countsAll = countsAll;
  }

  /** The boundary that declares it. */
  public final String boundary() {
    return boundary;
  }

  /** Type and method. */
  public final String label() {
    return label;
  }

  /** How many methods it was woven into. */
  public final int woven() {
    return woven.get();
  }

  /** It was woven into {@code more} methods. */
  public final void wove(int more) {
    woven.addAndGet(more);
  }

  /** About how often it was reached. */
  public long hits() {
    return hits;
  }

  /** The gatekeeper has taken it up, as the one of that place. */
  final void taken(int place) {
    number = onlyInRuns || restsWhenIdle ? ~place : place;
  }

  /** The number that woven code names it by: below zero if it rests when idle. */
  public final int number() {
    return number;
  }

  /** The gatekeeper was asked. */
  final void asked() {
    if (countsAll) {
      hits++;
    }
  }

  final void hit() {
    hits++;
  }

  /** Before the call, as the gatekeeper asks. */
  final @Nullable Object entered(@Nullable Object self, Object @Nullable [] args) {
    if (onlyInRuns) {
      Slot slot = Carrier.working();
      return slot == null ? null : enter(slot);
    }
    asked();
    return enter(self, args);
  }

  /** A task that changes hands, as the gatekeeper asks. */
  final @Nullable Object carried(@Nullable Object self, @Nullable Object task) {
    if (onlyInRuns) {
      Slot slot = task == null ? null : Carrier.working();
      return slot == null || task == null ? task : carry(slot, self, task);
    }
    return carry(self, task);
  }

  /** Before the call. See {@link io.belay.boot.Gate#enter}. */
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    return null;
  }

  /** A question without a call. See {@link io.belay.boot.Gate#check}. */
  void check(@Nullable Object self) {}

  /** A task that changes hands. See {@link io.belay.boot.Gate#carry}. */
  @Nullable Object carry(@Nullable Object self, @Nullable Object task) {
    return task;
  }

  // ---- the same at sites that mean nothing outside runs: the thread, of that slot, is in one ----

  @Nullable Object enter(Slot slot) {
    return null;
  }

  @Nullable Object carry(Slot slot, @Nullable Object self, Object task) {
    return task;
  }

  /** Something was made. See {@link io.belay.boot.Gate#opened}. */
  void opened(@Nullable Object self, @Nullable Object made) {}
}
