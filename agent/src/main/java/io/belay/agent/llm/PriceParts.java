package io.belay.agent.llm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Makes a price of the rates that a table has. Of dearer tiers and of long input tables have only
 * some; whatever they leave out rises with what they have, since a cost limit must not be passed.
 */
final class PriceParts {
  /** One rate more or less of a tier; -1 where the table has none. */
  record Part(
      Service service,
      long above,
      long input,
      long output,
      long read,
      long write,
      long hour,
      long audio) {}

  private static final long UP_TO_ANY = -1;

  private PriceParts() {}

  /**
   * All levels.
   *
   * @param parts what is known beyond the standard rates of short input
   * @param fastPercent what the fastest service costs; 0 if it has no price
   */
  static List<Price.Level> levels(Rates standard, List<Part> parts, int fastPercent) {
    NavigableMap<Long, Rates> standards = new TreeMap<>(Map.of(UP_TO_ANY, standard));
    for (Part part : sorted(parts, Service.STANDARD)) {
      standards.put(part.above, like(standard, part));
    }
    List<Price.Level> levels = new ArrayList<>();
    add(levels, Service.STANDARD, standards);
    for (Service service : new Service[] {Service.FLEX, Service.PRIORITY}) {
      List<Part> own = sorted(parts, service);
      if (!own.isEmpty()) {
        add(levels, service, tier(service, own, standards));
      }
    }
    if (fastPercent > 0) {
      NavigableMap<Long, Rates> fast = new TreeMap<>();
      standards.forEach((above, rates) -> fast.put(above, rates.percent(fastPercent)));
      add(levels, Service.FAST, fast);
    }
    return levels;
  }

  private static NavigableMap<Long, Rates> tier(
      Service service, List<Part> own, NavigableMap<Long, Rates> standards) {
    Rates standard = standards.firstEntry().getValue();
    boolean based = own.get(0).above == UP_TO_ANY;
    Rates base =
        based
            ? like(standard, whole(own.get(0), standard, service.percent))
            : standard.percent(service.percent);
    double in = standard.input() == 0 ? 1 : (double) base.input() / standard.input();
    double out = standard.output() == 0 ? 1 : (double) base.output() / standard.output();
    long percent = (long) Math.ceil(Math.max(1, Math.max(in, out)) * 100 - 1e-9);
    NavigableMap<Long, Rates> rates = new TreeMap<>(Map.of(UP_TO_ANY, base));
    // A discount that is not known for long input does not count there; an extra charge does.
    standards.tailMap(UP_TO_ANY, false).forEach((at, is) -> rates.put(at, is.percent(percent)));
    for (Part part : own) {
      rates.put(part.above, like(base, whole(part, rates.floorEntry(part.above).getValue(), 100)));
    }
    return rates;
  }

  /** Where only one of input and output has a price, the other one rises as much. */
  private static Part whole(Part part, Rates from, int guess) {
    long in = part.input < 0 ? Rates.rising(from.input(), part.output, from.output(), guess) : -1;
    long out = part.output < 0 ? Rates.rising(from.output(), part.input, from.input(), guess) : -1;
    return new Part(
        part.service,
        part.above,
        Math.max(part.input, in),
        Math.max(part.output, out),
        part.read,
        part.write,
        part.hour,
        part.audio);
  }

  private static Rates like(Rates base, Part part) {
    return base.like(part.input, part.output, part.read, part.write, part.hour, part.audio);
  }

  private static List<Part> sorted(List<Part> parts, Service service) {
    return parts.stream()
        .filter(part -> part.service == service)
        .sorted(Comparator.comparingLong(Part::above))
        .toList();
  }

  private static void add(List<Price.Level> to, Service service, NavigableMap<Long, Rates> rates) {
    rates.forEach((above, is) -> to.add(new Price.Level(service, above, is)));
  }
}
