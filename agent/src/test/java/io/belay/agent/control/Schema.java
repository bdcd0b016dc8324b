package io.belay.agent.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** As much of JSON Schema as openapi.json uses; a keyword that it does not know is an error. */
final class Schema {
  private static final Set<String> SAYS_NOTHING = Set.of("description", "format", "default");

  private final Map<?, ?> document;

  Schema(Map<?, ?> document) {
    this.document = document;
  }

  /** What is wrong with {@code value}, each with its place; empty when nothing is. */
  List<String> problems(Object schema, Object value) {
    List<String> problems = new ArrayList<>();
    check((Map<?, ?>) schema, value, "$", problems);
    return problems;
  }

  private void check(Map<?, ?> schema, Object value, String at, List<String> problems) {
    for (Map.Entry<?, ?> rule : schema.entrySet()) {
      String keyword = (String) rule.getKey();
      boolean holds =
          switch (keyword) {
            case "$ref" -> {
              check(resolved(rule.getValue()), value, at, problems);
              yield true;
            }
            case "type" -> isOfAny(rule.getValue(), value);
            case "enum" -> ((List<?>) rule.getValue()).contains(value);
            case "oneOf" -> fitsOne((List<?>) rule.getValue(), value);
            case "allOf" -> {
              ((List<?>) rule.getValue())
                  .forEach(part -> check((Map<?, ?>) part, value, at, problems));
              yield true;
            }
            case "required" ->
                !(value instanceof Map<?, ?> map)
                    || map.keySet().containsAll((List<?>) rule.getValue());
            case "properties" -> {
              properties((Map<?, ?>) rule.getValue(), value, at, problems);
              yield true;
            }
            case "additionalProperties" -> others(schema, rule.getValue(), value, at, problems);
            case "propertyNames" -> {
              if (value instanceof Map<?, ?> map) {
                map.keySet()
                    .forEach(name -> check((Map<?, ?>) rule.getValue(), name, at, problems));
              }
              yield true;
            }
            case "items" -> {
              if (value instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                  check((Map<?, ?>) rule.getValue(), list.get(i), at + "[" + i + "]", problems);
                }
              }
              yield true;
            }
            default -> SAYS_NOTHING.contains(keyword);
          };
      if (!holds) {
        problems.add(at + " is " + value + ", against " + keyword + " " + rule.getValue());
      }
    }
  }

  private void properties(Map<?, ?> known, Object value, String at, List<String> problems) {
    if (value instanceof Map<?, ?> map) {
      known.forEach(
          (name, schema) -> {
            if (map.containsKey(name)) {
              check((Map<?, ?>) schema, map.get(name), at + "." + name, problems);
            }
          });
    }
  }

  private boolean others(
      Map<?, ?> schema, Object rule, Object value, String at, List<String> problems) {
    Map<?, ?> known = schema.get("properties") instanceof Map<?, ?> named ? named : Map.of();
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> member : map.entrySet()) {
        if (!known.containsKey(member.getKey())) {
          if (!(rule instanceof Map<?, ?> others)) {
            return Boolean.TRUE.equals(rule);
          }
          check(others, member.getValue(), at + "." + member.getKey(), problems);
        }
      }
    }
    return true;
  }

  private boolean fitsOne(List<?> schemas, Object value) {
    return schemas.stream().filter(schema -> problems(schema, value).isEmpty()).count() == 1;
  }

  private static boolean isOfAny(Object types, Object value) {
    List<?> any = types instanceof List<?> list ? list : List.of(types);
    return any.stream().anyMatch(type -> isOf((String) type, value));
  }

  private static boolean isOf(String type, Object value) {
    return switch (type) {
      case "object" -> value instanceof Map;
      case "array" -> value instanceof List;
      case "string" -> value instanceof String;
      case "integer" -> value instanceof Long;
      case "number" -> value instanceof Number;
      case "boolean" -> value instanceof Boolean;
      case "null" -> value == null;
      default -> throw new AssertionError("no such type: " + type);
    };
  }

  /** What a reference of this document points at. */
  Map<?, ?> resolved(Object reference) {
    Object at = document;
    for (String step : reference.toString().substring(2).split("/")) {
      at = ((Map<?, ?>) at).get(step);
    }
    return (Map<?, ?>) at;
  }
}
