package io.belay.it.storm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one stop did, by the application's and the database's account. The test adds the server's.
 *
 * @param ackHttp the acknowledgement, on the server's clock
 * @param reported the numbers of the HTTP calls that the report lists
 * @param lateHttp the numbers of the HTTP calls that the application began after it
 * @param lateSql how many statements and commits it began after it
 * @param executedLate how many of those the database executed
 * @param unaccounted statements and commits that went on after it and are not in the report
 * @param inFlight how many calls the report lists
 * @param refused how many calls threw what Belay throws
 */
record Verdict(
    String id,
    long ackHttp,
    Set<Integer> reported,
    Set<Integer> lateHttp,
    int lateSql,
    int executedLate,
    int unaccounted,
    int inFlight,
    int refused) {
  static Verdict of(String id, Agent agent, JsonNode report, long ackSql, long ackHttp) {
    Set<Integer> reported = new TreeSet<>();
    int[] listed = new int[Call.Kind.values().length];
    for (JsonNode call : report.path("inFlight")) {
      for (Call.Kind kind : Call.Kind.values()) {
        listed[kind.ordinal()] += call.path("kind").asText().equals(kind.word) ? 1 : 0;
      }
      String target = call.path("target").asText();
      if (call.path("kind").asText().equals("http")) {
        reported.add(Integer.valueOf(target.substring(target.lastIndexOf('/') + 1)));
      }
    }
    Set<Integer> lateHttp = new TreeSet<>();
    int lateSql = 0;
    int executedLate = 0;
    int refused = 0;
    int[] wentOn = new int[listed.length];
    for (Call call : agent.calls) {
      boolean late = call.begun > ackSql;
      refused += call.refused ? 1 : 0;
      if (call.kind == Call.Kind.HTTP) {
        if (late) {
          lateHttp.add(call.number);
        }
      } else {
        lateSql += late ? 1 : 0;
        executedLate += late && call.arrived ? 1 : 0;
        wentOn[call.kind.ordinal()] += call.served > ackSql ? 1 : 0;
      }
    }
    int unaccounted = 0;
    for (Call.Kind kind : Call.Kind.values()) {
      unaccounted += Math.max(0, wentOn[kind.ordinal()] - listed[kind.ordinal()]);
    }
    return new Verdict(
        id,
        ackHttp,
        reported,
        lateHttp,
        lateSql,
        executedLate,
        unaccounted,
        report.path("inFlight").size(),
        refused);
  }

  /** A line that {@link #parse} reads. */
  @Override
  public String toString() {
    return String.join(
        " ",
        id,
        "" + ackHttp,
        list(reported),
        list(lateHttp),
        "" + lateSql,
        "" + executedLate,
        "" + unaccounted,
        "" + inFlight,
        "" + refused);
  }

  static Verdict parse(String line) {
    String[] words = line.split(" ");
    return new Verdict(
        words[0],
        Long.parseLong(words[1]),
        set(words[2]),
        set(words[3]),
        Integer.parseInt(words[4]),
        Integer.parseInt(words[5]),
        Integer.parseInt(words[6]),
        Integer.parseInt(words[7]),
        Integer.parseInt(words[8]));
  }

  private static String list(Set<Integer> numbers) {
    return numbers.toString().replace(" ", "");
  }

  private static Set<Integer> set(String list) {
    Set<Integer> numbers = new TreeSet<>();
    for (String number : list.substring(1, list.length() - 1).split(",")) {
      if (!number.isEmpty()) {
        numbers.add(Integer.valueOf(number));
      }
    }
    return numbers;
  }
}
