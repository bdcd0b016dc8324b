package io.belay.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class HelpTest {
  @Test
  void everyOptionOfACommandIsInItsUsage() {
    for (Help.Command command : Help.COMMANDS) {
      for (String option : command.options()) {
        String named = option.replace("=", " ");
        assertTrue(
            (command.usage().replace(']', ' ') + ' ').contains(named),
            command.usage() + " lacks " + option);
      }
      assertTrue(Help.of(command).contains("--timeout"), command.name());
    }
  }

  @Test
  void itFitsATerminalOfEightyColumns() {
    StringBuilder all = new StringBuilder(Help.all());
    Help.COMMANDS.forEach(command -> all.append(Help.of(command)));
    List<String> tooLong = all.toString().lines().filter(line -> line.length() > 100).toList();
    assertEquals(List.of(), tooLong);
    assertEquals(List.of(), Help.all().lines().filter(line -> line.length() > 80).toList());
  }
}
