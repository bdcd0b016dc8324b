package io.belay.agent.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A command line, taken apart: {@code --name} and {@code --name VALUE} or {@code --name=VALUE} may
 * stand anywhere, {@code --} ends them.
 */
final class Words {
  private final List<String> operands = new ArrayList<>();
  private final Set<String> flags = new HashSet<>();
  private final Map<String, String> values = new HashMap<>();

  /**
   * Takes the words apart.
   *
   * @param command what they are for, for messages
   */
  Words(Help.Command command, List<String> words) {
    boolean open = true;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!open || !word.startsWith("-") || word.equals("-")) {
        operands.add(word);
      } else if (word.equals("--")) {
        open = false;
      } else {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        if (equals < 0 && command.options().contains(name)) {
          flags.add(name);
        } else if (!command.options().contains(name + "=")) {
          throw command.misused("there is no option " + name);
        } else if (equals < 0 && i + 1 == words.size()) {
          throw command.misused(name + " needs a value");
        } else {
          values.put(name, equals < 0 ? words.get(++i) : word.substring(equals + 1));
        }
      }
    }
  }

  /** Whether JSON is asked for, also where nothing else of it can be understood. */
  static boolean wantJson(List<String> words) {
    int end = words.indexOf("--");
    return words.subList(0, end < 0 ? words.size() : end).contains("--json");
  }

  List<String> operands() {
    return operands;
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  String value(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }
}
