package io.belay.agent.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MethodPatternTest {
  @ParameterizedTest
  @CsvSource({
    "com.acme.Agent#run, com.acme.Agent, true",
    "com.acme.Agent#run, com.acme.Agents, false",
    "com.acme.Agent#run, com.acme.Agent$Inner, false",
    "com.acme.Agent$In*#run, com.acme.Agent$Inner, true",
    "com.acme.*#run, com.acme.Agent, true",
    "com.acme.*#run, com.acme.Agent$Inner, true",
    "com.acme.*#run, com.acme.jobs.Agent, false",
    "com.acme.*#run, com.acme, false",
    "com.*.Agent#run, com.acme.Agent, true",
    "com.*.Agent#run, com.acme.jobs.Agent, false",
    "com.acme.**#run, com.acme.Agent, true",
    "com.acme.**#run, com.acme.a.b.Agent, true",
    "com.acme.**#run, com.acmes.Agent, false",
    "com.acme.**#run, com.acme, false",
    "com.**.Agent#run, com.Agent, true",
    "com.**.Agent#run, com.a.b.c.Agent, true",
    "com.**.Agent#run, com.a.b.c.AgentX, false",
    "**.*Agent#run, com.acme.ResearchAgent, true",
    "**.*Agent#run, ResearchAgent, true",
    "**#run, a.b.C, true",
    "*#run, C, true",
    "*#run, a.C, false",
    "a.**.b.**.C#run, a.x.b.y.z.C, true",
    "a.**.b.**.C#run, a.x.y.C, false",
    "com.acme.*Job*#run, com.acme.MyJobImpl, true",
  })
  void aClassIsMatchedPartByPart(String pattern, String name, boolean matches) {
    assertEquals(matches, MethodPattern.parse(pattern).matchesClass(name));
  }

  @Test
  void aMethodIsMatchedByNameAndConstructorsNever() {
    assertTrue(MethodPattern.parse("a.B#run*").matchesMethod("runAll"));
    assertTrue(MethodPattern.parse("a.B#*").matchesMethod("x"));
    assertFalse(MethodPattern.parse("a.B#run").matchesMethod("rerun"));
    assertFalse(MethodPattern.parse("a.B#*").matchesMethod("<init>"));
    assertFalse(MethodPattern.parse("a.B#*").matchesMethod("<clinit>"));
    assertTrue(MethodPattern.parseClass("a.B").matchesMethod("anything"));
  }

  @Test
  void theArgumentThatHoldsTheIdIsOptional() {
    assertEquals(0, MethodPattern.parse("com.acme.Chat#answer(id=0)").idArgument());
    assertEquals(12, MethodPattern.parse("com.acme.Chat#answer(id=12)").idArgument());
    assertEquals(-1, MethodPattern.parse("com.acme.Chat#answer").idArgument());
    assertTrue(MethodPattern.parse("com.acme.Chat#answer(id=0)").matchesMethod("answer"));
  }

  @Test
  void anExactClassCanBeLookedUpAndOthersHaveAPrefix() {
    assertEquals("a.B$C", MethodPattern.parse("a.B$C#x*").exactClass());
    assertEquals("a.B", MethodPattern.parseClass("a.B").exactClass());
    assertNull(MethodPattern.parse("a.*#x").exactClass());
    assertEquals("a.", MethodPattern.parse("a.*#x").classPrefix());
    assertEquals("a.B", MethodPattern.parse("a.B#x").classPrefix());
    assertEquals("", MethodPattern.parse("**#x").classPrefix());
  }

  @ParameterizedTest
  @CsvSource({
    "com.acme.Agent.run, names no method",
    "#run, names no class",
    "a.B#, names no method",
    "a..B#x, empty part",
    ".a.B#x, empty part",
    "a.B.#x, empty part",
    "a.B**#x, stand alone",
    "a.B#x**, no meaning",
    "a.B#<init>, constructors",
    "a.B#run(), only (id=N)",
    "a.B#run(String), only (id=N)",
    "a.B#run(id=), only (id=N)",
    "a.B#run(id=-1), only (id=N)",
    "a.B#run(id=255), only (id=N)",
    "a.B#run(id=0)x, only (id=N)",
    "a.B#c#d, has a '#'",
    "a/B#c, has a '/'",
    "a.B #c, has a ' '",
    "a.1B#c, digit",
  })
  void aWrongPatternSaysWhatIsWrong(String pattern, String why) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> MethodPattern.parse(pattern))
            .getMessage();
    assertTrue(message.contains(why), message);
  }
}
