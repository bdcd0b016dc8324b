package io.belay.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is drawn fits, so that nothing wraps where a screen is drawn anew. */
class TableTest {
  private static final String TARGET =
      "http POST https://api.example.com/v1/customers/4711/charges, 18 s";

  private static List<String> lines(int width) {
    Table table = new Table("RUN", "STATUS", ">AGE", ">IN", "IN FLIGHT");
    table.add(Terminal.Colour.PLAIN, "jvm", "running", "51 s", "1,204", "");
    table.add(
        Terminal.Colour.PLAIN,
        "  a-very-long-run-id-that-goes-on-0123456789",
        "stopping (DISCONNECT)",
        "18 s",
        "12",
        TARGET);
    return table.draw(Terminal.system(), width).lines().toList();
  }

  @Test
  void noLineIsLongerThanThereIsRoom() {
    for (int width = 10; width < 200; width++) {
      for (String line : lines(width)) {
        assertTrue(line.length() <= width, width + ": " + line);
      }
    }
  }

  @Test
  void numbersAreNotCutWhileThereIsAnythingElse() {
    for (int width = 70; width < 140; width++) {
      assertTrue(lines(width).get(1).contains("51 s  1,204"), width + ": " + lines(width));
      assertTrue(lines(width).get(2).endsWith("18 s"), width + ": " + lines(width));
    }
  }

  @Test
  void whatIsFoldedIsWholeAndFits() {
    String text = "Not loaded here: kotlin-coroutines, scala-future, pekko, guava-future, okhttp";
    for (int width = 24; width < 100; width++) {
      String folded = Table.folded(text, " ", width);
      assertEquals(text, folded.replace("\n    ", " "));
      int most = width;
      assertTrue(folded.lines().allMatch(line -> line.length() <= most), folded);
    }
  }

  @Test
  void noNameTurnsWhatStandsBesideItRound() {
    Table table = new Table("A", "B");
    table.add(Terminal.Colour.PLAIN, "x\u202Ey\u2066z", "\u001b[2J\u200D");
    assertEquals(
        "A                B\nx\\u202ey\\u2066z   [2J\\u200d\n", table.draw(Terminal.system(), 80));
    assertEquals("a b", Node.read("{\"n\":\"a\\nb\"}").text("n"));
  }

  @Test
  void whatHasRoomIsWhole() {
    assertTrue(lines(150).get(2).endsWith(TARGET));
    assertTrue(lines(1 << 20).get(2).endsWith(TARGET));
    assertFalse(String.join("", lines(150)).contains("..."));
  }

  @Test
  void aColumnWithNothingInItIsLeftOut() {
    Table table = new Table("A", "B", ">C").add(Terminal.Colour.PLAIN, "a", "", "3");
    assertEquals("A  C\na  3\n", table.draw(Terminal.system(), 80));
  }
}
