package io.belay.agent.control;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the small flat objects that requests carry. */
final class Body {
  private static final int LONGEST_REASON = 1000;

  /** A number of more decimals or zeros is no limit of anybody's. */
  private static final int MOST_DIGITS = 30;

  /** What a stop is asked with. */
  record Stop(String reason, boolean force) {}

  private Body() {}

  static Stop stop(String body) {
    Map<String, @Nullable Object> members = object(body, Body::belongsToStop);
    Object reason = Objects.requireNonNullElse(members.get("reason"), "");
    Object force = Objects.requireNonNullElse(members.get("force"), false);
    if (!(reason instanceof String text)) {
      throw new Problem(400, "\"reason\" must be a string");
    }
    if (!(force instanceof Boolean forced)) {
      throw new Problem(400, "\"force\" must be true or false");
    }
    if (text.length() > LONGEST_REASON) {
      throw new Problem(400, "\"reason\" may have " + LONGEST_REASON + " characters at most");
    }
    return new Stop(text, forced);
  }

  private static final List<String> STOP = List.of("reason", "force");

  private static final List<String> LIMITS =
      List.of(
          "input-tokens",
          "output-tokens",
          "total-tokens",
          "cost-usd",
          "llm-calls",
          "tool-calls",
          "time");

  /**
   * Limits in the syntax of the configuration; {@code null} takes one away. A number for {@code
   * time} is milliseconds.
   */
  static Map<String, @Nullable String> limits(String body) {
    Map<String, @Nullable Object> members = object(body, Body::limitExists);
    if (members.isEmpty()) {
      throw new Problem(400, "name a limit to change, such as {\"output-tokens\":50000}");
    }
    Map<String, @Nullable String> limits = new LinkedHashMap<>();
    members.forEach(
        (name, value) -> {
          if (value instanceof Boolean) {
            throw new Problem(400, "\"" + name + "\" must be a number");
          }
          limits.put(name, value == null ? null : limit(name, value));
        });
    return limits;
  }

  private static void belongsToStop(String name) {
    if (!STOP.contains(name)) {
      throw new Problem(400, "unknown member " + quoted(name) + "; known: " + words(STOP));
    }
  }

  private static void limitExists(String name) {
    if (name.startsWith("key.")) {
      throw new Problem(
          400,
          quoted(name)
              + " cannot be changed while the JVM runs: limits of callers are those of"
              + " belay.budget.key.*");
    }
    boolean ofJvm = name.startsWith(Budgets.JVM);
    if (!LIMITS.contains(ofJvm ? name.substring(Budgets.JVM.length()) : name)) {
      throw new Problem(
          400,
          "there is no limit "
              + quoted(name)
              + "; there are: "
              + words(LIMITS)
              + "; for the whole JVM, at the run jvm, the same with jvm. before them");
    }
  }

  private static String limit(String name, Object value) {
    if (value instanceof BigDecimal number && Math.abs((long) number.scale()) <= MOST_DIGITS) {
      BigDecimal exact = number.stripTrailingZeros();
      return limit(name, exact.scale() <= 0 ? exact.toBigInteger() : exact.toPlainString());
    }
    boolean millis = name.endsWith("time") && value instanceof BigInteger;
    return millis ? value + "ms" : value.toString();
  }

  /**
   * A flat object of plain values; nothing at all stands for an empty one.
   *
   * @param check throws when no member may have that name
   */
  private static Map<String, @Nullable Object> object(String body, Consumer<String> check) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    try (JsonParser in = Json.FACTORY.createParser(body)) {
      JsonToken first = in.nextToken();
      if (first == null) {
        return members;
      }
      if (first != JsonToken.START_OBJECT) {
        throw new Problem(400, "the body must be a JSON object");
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        check.accept(name);
        members.put(name, value(name, in));
      }
      if (in.nextToken() != null) {
        throw new Problem(400, "something follows the JSON object" + at(in.currentLocation()));
      }
      return members;
    } catch (JsonProcessingException e) {
      throw new Problem(400, "malformed JSON" + at(e.getLocation()) + ": " + withoutAdvice(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // An array does not fail.
    }
  }

  /** The reader tells those who use it in a program what they could allow. */
  private static String withoutAdvice(JsonProcessingException e) {
    String said = String.valueOf(e.getOriginalMessage());
    int advice = said.indexOf(": enable ");
    return advice < 0 ? said : said.substring(0, advice);
  }

  private static @Nullable Object value(String name, JsonParser in) throws IOException {
    return switch (in.nextToken()) {
      case VALUE_STRING -> in.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT -> in.getBigIntegerValue();
      case VALUE_NUMBER_FLOAT -> in.getDecimalValue();
      default -> throw new Problem(400, quoted(name) + " must be a plain value");
    };
  }

  private static String quoted(String name) {
    return '"' + (name.length() > 40 ? name.substring(0, 40) + "..." : name) + '"';
  }

  private static String words(List<String> known) {
    return String.join(", ", known);
  }

  private static String at(JsonLocation where) {
    return " at line " + where.getLineNr() + ", column " + where.getColumnNr();
  }
}
