package io.belay.agent.llm;

/**
 * What a call costs besides its tokens, in pico-dollars.
 *
 * @param search one search of the web; -1 if no table has a price of it
 * @param searchSmall one that is to bring little
 * @param searchLarge one that is to bring much
 * @param searchOnce whether all searches of a call are paid once
 * @param call each call
 * @param regionPercent what its tokens cost when they are kept in one region, in percent
 */
public record Fees(
    long search,
    long searchSmall,
    long searchLarge,
    boolean searchOnce,
    long call,
    int regionPercent) {
  /** Nothing, or nothing known. */
  public static final Fees NONE = new Fees(-1, -1, -1, false, 0, 100);

  /** Five cents: the dearest search in the shipped table, for all that have no price. */
  static final long DEAREST_SEARCH = 50_000_000_000L;

  long of(Usage usage) {
    long times = usage.extra().searches();
    long each = usage.total() > 0 || times > 0 ? call : 0;
    return Rates.plus(each, searched(times));
  }

  long most(long searches) {
    return Rates.plus(call, searched(searches));
  }

  private long searched(long times) {
    long paid = searchOnce ? Math.min(1, times) : times;
    return Rates.times(paid, search < 0 ? DEAREST_SEARCH : search);
  }

  long inRegion(long pico) {
    return pico > Long.MAX_VALUE / regionPercent - 1
        ? Long.MAX_VALUE
        : (pico * regionPercent + 99) / 100;
  }

  Fees withSearch(Fees other) {
    return new Fees(
        other.search, other.searchSmall, other.searchLarge, other.searchOnce, call, regionPercent);
  }

  Fees withRegion(int percent) {
    return new Fees(search, searchSmall, searchLarge, searchOnce, call, percent);
  }

  Fees withCall(long pico) {
    return new Fees(search, searchSmall, searchLarge, searchOnce, pico, regionPercent);
  }

  Fees sized(Asked.Size size) {
    long each =
        switch (size) {
          case LOW -> searchSmall;
          case MEDIUM -> search;
          case HIGH -> searchLarge;
        };
    return new Fees(each, searchSmall, searchLarge, searchOnce, call, regionPercent);
  }
}
