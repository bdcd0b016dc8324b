package io.belay.agent.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.belay.agent.log.OneLine;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value, read. What is not there reads as nothing: an empty text, 0, no elements. */
final class Node {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Node MISSING = new Node(null);

  private final @Nullable Object value;

  private Node(@Nullable Object value) {
    this.value = value;
  }

  static Node read(String json) {
    try (JsonParser in = FACTORY.createParser(json)) {
      in.nextToken();
      return new Node(value(in));
    } catch (IOException e) {
      throw new Failure(Failure.FAILED, "the JVM answers something else than JSON: " + e);
    }
  }

  private static @Nullable Object value(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          String name = in.currentName();
          in.nextToken();
          members.put(name, value(in));
        }
        yield members;
      }
      case START_ARRAY -> {
        List<@Nullable Object> elements = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(in));
        }
        yield elements;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> in.getText();
    };
  }

  Node get(String name) {
    return value instanceof Map<?, ?> members && members.get(name) != null
        ? new Node(members.get(name))
        : MISSING;
  }

  boolean isThere() {
    return value != null;
  }

  boolean isTrue() {
    return Boolean.TRUE.equals(value);
  }

  String text(String name) {
    Object member = get(name).value;
    return member == null ? "" : OneLine.of(member.toString());
  }

  long number(String name) {
    return get(name).amount().longValue();
  }

  BigDecimal amount() {
    return value instanceof BigDecimal number ? number : BigDecimal.ZERO;
  }

  @Nullable Instant time(String name) {
    String text = text(name);
    return text.isEmpty() ? null : Instant.parse(text);
  }

  List<Node> all(String name) {
    return get(name).all();
  }

  List<Node> all() {
    return value instanceof List<?> elements
        ? elements.stream().map(element -> new Node(element)).toList()
        : List.of();
  }

  /** The members of an object, in their order. */
  Map<String, Node> members() {
    Map<String, Node> all = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> members) {
      members.forEach((name, member) -> all.put(String.valueOf(name), new Node(member)));
    }
    return all;
  }

  /** Itself as JSON again. */
  String json() {
    if (value instanceof Map<?, ?>) {
      JsonText object = JsonText.object();
      members().forEach((name, member) -> object.raw(name, member.json()));
      return object.end();
    }
    if (value instanceof List<?>) {
      return JsonText.array(all().stream().map(Node::json).toList());
    }
    if (value instanceof String string) {
      return JsonText.string(string);
    }
    return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
  }

  /** Itself as a text. */
  String text() {
    return value == null ? "" : OneLine.of(value.toString());
  }
}
