package io.belay.agent.llm;

import io.belay.agent.llm.PriceParts.Part;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** One row of Belay's own table, whose head says what stands where. */
final class PriceRow {
  final String provider;
  final String model;
  final boolean prefix;
  final Price price;

  private final List<Part> parts = new ArrayList<>();
  private String[] audio = {"-", "-", "-"};
  private String picture = "-";
  private Fees fees = Fees.NONE;
  private int fastPercent;

  PriceRow(String line) {
    String[] words = line.split(" ");
    provider = words[0];
    prefix = words[1].endsWith("*");
    model = prefix ? words[1].substring(0, words[1].length() - 1) : words[1];
    for (int i = 8; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals < 0) {
        parts.add(part(words[i].split(":")));
      } else {
        other(words[i].substring(0, equals), words[i].substring(equals + 1));
      }
    }
    long input = pico(words[2], 0);
    long output = pico(words[3], 0);
    long read = pico(words[4], input);
    long write = pico(words[5], input);
    long sound = pico(audio[0], input);
    Rates rates =
        new Rates(
            input,
            output,
            read,
            write,
            pico(words[6], write),
            output,
            sound,
            pico(audio[1], output),
            pico(audio[2], Math.max(read, sound)),
            pico(picture, output));
    long max = words[7].equals("-") ? -1 : Long.parseLong(words[7]);
    price = new Price(PriceParts.levels(rates, parts, fastPercent), max, fees);
  }

  private static Part part(String[] cells) {
    String head = cells[0];
    int at = head.indexOf('@');
    boolean standard = Character.isDigit(head.charAt(0));
    Service service =
        standard ? Service.STANDARD : Service.tier(at < 0 ? head : head.substring(0, at));
    String above = standard ? head : at < 0 ? "-1" : head.substring(at + 1);
    return new Part(
        service,
        Long.parseLong(above),
        pico(cells[1], -1),
        pico(cells[2], -1),
        pico(cells[3], -1),
        pico(cells[4], -1),
        -1,
        -1);
  }

  private void other(String name, String value) {
    String[] cells = value.split(":");
    switch (name) {
      case "audio" -> audio = cells;
      case "picture" -> picture = value;
      case "fast" -> fastPercent = percent(value);
      case "region" -> fees = fees.withRegion(percent(value));
      case "call" -> fees = fees.withCall(thousandth(value));
      case "search", "search-once" -> {
        boolean sized = cells.length == 3;
        fees =
            fees.withSearch(
                new Fees(
                    thousandth(cells[sized ? 1 : 0]),
                    thousandth(cells[0]),
                    thousandth(cells[cells.length - 1]),
                    name.equals("search-once"),
                    0,
                    100));
      }
      default -> throw new IllegalStateException("the price table has \"" + name + "\"");
    }
  }

  private static int percent(String factor) {
    return new BigDecimal(factor).movePointRight(2).setScale(0, RoundingMode.CEILING).intValue();
  }

  /** Dollars per thousand as pico-dollars each. */
  private static long thousandth(String dollars) {
    return new BigDecimal(dollars).movePointRight(9).setScale(0, RoundingMode.CEILING).longValue();
  }

  /** Dollars per million tokens as pico-dollars a token, rounded up. */
  private static long pico(String dollars, long otherwise) {
    return dollars.equals("-")
        ? otherwise
        : new BigDecimal(dollars).movePointRight(6).setScale(0, RoundingMode.CEILING).longValue();
  }
}
