package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an id that an application or a request gives becomes. */
class RunIdsTest {
  @Test
  void anIdIsMadeOfLegalCharactersAndFits() {
    assertEquals("a-b_c.d:e~f-G9", RunIds.clean("a-b_c.d:e~f-G9"));
    assertEquals("a-b--c", RunIds.clean("  a/b \u00e4c "));
    assertEquals("x-y", RunIds.clean("x\ud83d\ude00y"));
    assertEquals("-", RunIds.clean("."));
    assertEquals("--", RunIds.clean(".."));
    assertEquals("...", RunIds.clean("..."));
    assertEquals("x--", RunIds.clean("x\ude00\ud83d"));
    assertEquals("a--b", RunIds.clean("a\r\nb"));
    assertEquals("", RunIds.clean(" "));
    assertEquals("", RunIds.clean(null));
    assertEquals(128, RunIds.clean("x".repeat(200)).length());
  }

  @Test
  void aSuffixFitsToo() {
    assertEquals("chat~2", RunIds.suffixed("chat", 2));
    assertEquals("x".repeat(126) + "~2", RunIds.suffixed("x".repeat(128), 2));
    assertEquals("x".repeat(124) + "~100", RunIds.suffixed("x".repeat(128), 100));
  }

  @Test
  void generatedIdsAreLegalAndDifferInEveryPlace() {
    Set<String> ids = new HashSet<>();
    List<Set<Character>> places = new ArrayList<>();
    for (int i = 0; i < 26; i++) {
      places.add(new HashSet<>());
    }
    for (int n = 0; n < 5_000; n++) {
      String id = RunIds.generated();
      assertEquals(26, id.length());
      assertEquals(RunIds.clean(id), id);
      ids.add(id);
      for (int i = 0; i < 26; i++) {
        places.get(i).add(id.charAt(i));
      }
    }

    assertEquals(5_000, ids.size());
    for (Set<Character> seen : places.subList(0, 25)) {
      assertEquals(32, seen.size());
    }
    assertEquals(8, places.get(25).size()); // What is left of 128 bits.
  }
}
