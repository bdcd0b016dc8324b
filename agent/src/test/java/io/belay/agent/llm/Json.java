package io.belay.agent.llm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Documents as maps and lists, by somebody else's parser. */
final class Json {
  private Json() {}

  static Object parse(byte[] json) throws IOException {
    // Decoded first, so that broken UTF-8 becomes U+FFFD as in every SSE client.
    try (JsonParser parser =
        new JsonFactory().createParser(new String(json, StandardCharsets.UTF_8))) {
      parser.nextToken();
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new IOException("more than one document");
      }
      return value;
    }
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(byte[] json) {
    try {
      return (Map<String, Object>) parse(json);
    } catch (IOException e) {
      throw new AssertionError(new String(json, StandardCharsets.UTF_8), e);
    }
  }

  /** The value at a dotted path; null if there is none. */
  static Object at(Object document, String path) {
    Object value = document;
    for (String step : path.split("\\.")) {
      value = value instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return value;
  }

  private static Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IOException("no document");
    }
    switch (token) {
      case START_OBJECT:
        Map<String, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, value(parser));
        }
        return map;
      case START_ARRAY:
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        return list;
      case VALUE_NUMBER_INT:
      case VALUE_NUMBER_FLOAT:
        return parser.getDecimalValue();
      case VALUE_STRING:
        return parser.getText();
      case VALUE_TRUE:
        return true;
      case VALUE_FALSE:
        return false;
      default:
        return null;
    }
  }
}
