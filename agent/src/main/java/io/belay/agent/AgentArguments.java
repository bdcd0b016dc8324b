package io.belay.agent;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code k=v,k2=v2}. A value may hold commas: {@code \,} always, and a bare comma when what
 * follows it cannot be meant as a setting: {@code
 * run.entrypoints=com.a.B#run,com.c.D#*,http.port=0}.
 */
final class AgentArguments {
  private AgentArguments() {}

  /** Reads the arguments; problems are added to the list given. */
  static List<Given> parse(String arguments, List<String> problems) {
    List<Given> all = new ArrayList<>();
    String name = null;
    StringBuilder value = new StringBuilder();
    for (int from = 0; from <= arguments.length(); ) {
      int comma = Values.comma(arguments, from);
      String token = arguments.substring(from, comma);
      from = comma + 1;
      String next = name(token);
      if (next != null && begins(next, token, name)) {
        finish(all, name, value);
        name = next;
        value.append(token, token.indexOf('=') + 1, token.length());
      } else if (name != null) {
        value.append(',').append(token);
      } else if (!token.isBlank()) {
        problems.add(
            "agent argument: \""
                + harmless(token)
                + "\" is no setting; expected key=value pairs,"
                + " such as budget.output-tokens=20000,http.port=7070");
      }
    }
    finish(all, name, value);
    return all;
  }

  /** What stands before the first equals sign, if it has the shape of a key. */
  private static @Nullable String name(String token) {
    int equals = token.indexOf('=');
    if (equals < 0) {
      return null;
    }
    String name = token.substring(0, equals).strip();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!letter && (i == 0 || !(c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_'))) {
        return null;
      }
    }
    return name.isEmpty() ? null : name.startsWith("belay.") ? name.substring(6) : name;
  }

  /**
   * Whether a token that looks like a setting is one. An unknown name that is no typing error and
   * would be legal in the value before it, such as {@code continue=/hooks/**}, belongs there.
   */
  private static boolean begins(String name, String token, @Nullable String before) {
    Key<?> key = before == null ? null : Keys.find(before);
    if (key == null || Keys.find(name) != null || Nearest.isTypo(name)) {
      return true;
    }
    if (key.type.isSecret() || key.type == Type.QUERY) {
      return false;
    }
    return !key.type.isList() && key.type != Type.DISCONNECT || !isLegal(key, token);
  }

  private static boolean isLegal(Key<?> key, String token) {
    try {
      key.type.parse(key, token.strip());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void finish(List<Given> all, @Nullable String name, StringBuilder value) {
    if (name != null) {
      Key<?> key = Keys.find(name);
      // A list is split, and its escapes are read, later on.
      String text = value.toString();
      boolean plain = key == null || !key.type.isList();
      all.add(
          new Given(name, "agent argument " + name, plain ? Values.unescape(text) : text, null));
    }
    value.setLength(0);
  }

  /** As much of a stray token as cannot be a secret. */
  private static String harmless(String token) {
    String text = token.strip();
    int end = 0;
    while (end < text.length()
        && (text.charAt(end) == '.'
            || text.charAt(end) == '-'
            || Character.isLetter(text.charAt(end)))) {
      end++;
    }
    return end == text.length() ? text : text.substring(0, end) + "...";
  }
}
