package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
