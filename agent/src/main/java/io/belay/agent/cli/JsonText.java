package io.belay.agent.cli;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;

/** Writes the little JSON that comes from the command line itself; all else is handed through. */
final class JsonText {
  private final StringBuilder text = new StringBuilder("{");

  private JsonText() {}

  static JsonText object() {
    return new JsonText();
  }

  static String array(List<String> elements) {
    return '[' + String.join(",", elements) + ']';
  }

  static String string(String value) {
    StringBuilder out = new StringBuilder("\"");
    JsonStringEncoder.getInstance().quoteAsString(value, out);
    return out.append('"').toString();
  }

  JsonText text(String name, String value) {
    return raw(name, string(value));
  }

  JsonText number(String name, long value) {
    return raw(name, Long.toString(value));
  }

  JsonText truth(String name, boolean value) {
    return raw(name, Boolean.toString(value));
  }

  /** A member whose value is JSON already. */
  JsonText raw(String name, String json) {
    text.append(text.length() == 1 ? "" : ",").append(string(name)).append(':').append(json);
    return this;
  }

  String end() {
    return text + "}";
  }
}
