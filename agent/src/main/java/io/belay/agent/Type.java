package io.belay.agent;

import io.belay.agent.rule.AllowRule;
import io.belay.agent.rule.Compensation;
import io.belay.agent.rule.DisconnectPolicy;
import io.belay.agent.rule.Durations;
import io.belay.agent.rule.HostPattern;
import io.belay.agent.rule.IdSource;
import io.belay.agent.rule.MethodPattern;
import java.util.ArrayList;
import java.util.List;

/**
 * What values a key takes. Each constant says in {@link #accepts} what a legal value looks like;
 * the text follows the word "expected" in an error line.
 */
enum Type {
  BOOLEAN("true, false, on or off"),
  PORT("a port from 0 to 65535, such as 7070"),
  STATUS("an HTTP status from 200 to 599, such as 499"),
  NUMBER("a whole number, such as 1000"),
  COUNT("a whole number of calls, such as 100"),
  TOKENS("a whole number of tokens, such as 20000 or 20_000"),
  USD("an amount in US dollars of at most nine decimals, such as 2.50"),
  DURATION("a whole number with its unit ms, s, m, h or d, such as 500ms, 30s or 1d"),
  CHOICE("one of "),
  SECRET("a text that is not empty"),
  QUERY("an SQL query with at most one ?, such as SELECT 1 FROM jobs WHERE id = ? AND stop"),
  HOST("an address or host name without a port, such as 127.0.0.1, ::1 or 0.0.0.0"),
  FILE("the name of a file that can be read, such as conf/belay.yaml"),
  HTTP_URL("an http or https URL, such as https://ops.acme.com/stopped"),
  REDIS_URL("a redis or rediss URL, such as redis://localhost:6379"),
  JDBC_URL("a JDBC URL, such as jdbc:postgresql://db/app"),
  DISCONNECT(
      "agent, always, never or rules such as stop=/chat/**,grace(10s)=/jobs/**,continue=/hooks/**"),

  NAMES("a list of "),
  METHODS("methods such as com.acme.ResearchAgent#run,com.acme.jobs.*#execute"),
  CLASSES("classes such as com.acme.Job,com.acme.jobs.*"),
  CLASSES_OR_METHODS("classes or methods such as com.acme.Pool,com.acme.Cache#refill"),
  ID_SOURCES("a list such as header:X-Run-Id,path:/chat/{id},query:session"),
  HOSTS("host names such as api.acme.com,*.internal,localhost:8080"),
  ENDPOINTS(
      "hosts or paths such as llm.acme.com,*.internal/v1/**,/llm/**, each perhaps with =dialect"),
  RULES("rules such as sql:UPDATE runs *,http:POST https://audit.acme.com/*"),
  COMPENSATIONS(
      "on: \"POST https://api.acme.com/jobs\" with: \"DELETE https://api.acme.com/jobs/{$.id}\"");

  final String accepts;

  Type(String accepts) {
    this.accepts = accepts;
  }

  boolean isList() {
    return compareTo(NAMES) >= 0;
  }

  /** Whether a value must never be shown: secrets, and URLs, which may hold a password. */
  boolean isSecret() {
    return this == SECRET || this == JDBC_URL || this == REDIS_URL || this == HTTP_URL;
  }

  /**
   * Reads one value, or one element of a list.
   *
   * @throws IllegalArgumentException when it is none; the message says what is wrong with it, and
   *     is empty when {@link #accepts} says it all
   */
  Object parse(Key<?> key, String text) {
    switch (this) {
      case BOOLEAN:
        return Values.flag(text);
      case PORT:
        return (int) Values.number(text, 0, 65535);
      case STATUS:
        return (int) Values.number(text, 200, 599);
      case NUMBER:
        return (int) Values.number(text, 0, Integer.MAX_VALUE);
      case COUNT:
      case TOKENS:
        return Values.number(text, 0, Values.MAX_AMOUNT);
      case USD:
        return Values.usd(text);
      case DURATION:
        return Durations.parse(text);
      case CHOICE:
      case NAMES:
        return Values.choice(text, key.choices);
      case SECRET:
        return Values.filled(text);
      case QUERY:
        return Values.query(text);
      case HOST:
        return Values.host(text);
      case FILE:
        return Values.file(text);
      case HTTP_URL:
        return Values.url(text, "http://", "https://");
      case REDIS_URL:
        return Values.url(text, "redis://", "rediss://");
      case JDBC_URL:
        return Values.url(text, "jdbc:", "jdbc:");
      case DISCONNECT:
        return DisconnectPolicy.parse(text);
      case METHODS:
        return MethodPattern.parse(text);
      case CLASSES:
        return MethodPattern.parseClass(text);
      case CLASSES_OR_METHODS:
        return text.indexOf('#') < 0 ? MethodPattern.parseClass(text) : MethodPattern.parse(text);
      case ID_SOURCES:
        return IdSource.parse(text);
      case HOSTS:
        return HostPattern.parseHost(text);
      case ENDPOINTS:
        return LlmEndpoint.parse(text);
      case RULES:
        return AllowRule.parse(text);
      case COMPENSATIONS:
        return Compensation.parse(text);
    }
    throw new IllegalStateException(name());
  }

  /**
   * Splits a list at its commas. {@code \,} is a comma of an element; so is one that is followed by
   * what cannot begin an element, as in {@code sql:INSERT INTO runs (id, state) *}.
   */
  List<String> split(String text) {
    List<String> elements = new ArrayList<>();
    StringBuilder element = new StringBuilder();
    int from = 0;
    while (from <= text.length()) {
      int comma = Values.comma(text, from);
      String token = Values.unescape(text.substring(from, comma));
      if (from > 0 && begins(token)) {
        add(elements, element);
      } else if (from > 0) {
        element.append(',');
      }
      element.append(token);
      from = comma + 1;
    }
    add(elements, element);
    return elements;
  }

  private static void add(List<String> elements, StringBuilder element) {
    String text = element.toString().strip();
    if (!text.isEmpty()) {
      elements.add(text);
    }
    element.setLength(0);
  }

  private boolean begins(String token) {
    String text = token.strip();
    if (this != RULES && this != COMPENSATIONS) {
      return true;
    }
    int i = 0;
    if (this == RULES) {
      while (i < text.length() && text.charAt(i) >= 'a' && text.charAt(i) <= 'z') {
        i++;
      }
      return i > 0 && i < text.length() && text.charAt(i) == ':';
    }
    while (i < text.length() && text.charAt(i) >= 'A' && text.charAt(i) <= 'Z') {
      i++;
    }
    return i > 0 && i < text.length() && text.charAt(i) == ' ';
  }

  /** A choice as a user writes it. */
  static String word(Object choice) {
    return choice instanceof Enum<?> constant ? Values.lower(constant.name()) : choice.toString();
  }
}
