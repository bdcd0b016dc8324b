package io.belay.agent.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Counting by jtokkit, and what of a request it is given. */
class TokenizerTest {
  private static final String CHAT = "/v1/chat/completions";

  private static LlmRequest read(String body) {
    Dialect chat = Dialects.standard().match("POST", "h", 443, CHAT).orElseThrow();
    return chat.read(Sample.utf8(body), CHAT, "");
  }

  @Test
  void jtokkitCountsAndKnowsWhichModelsCutHow() {
    Function<String, Optional<Tokenizer>> jtokkit =
        Tokenizer.jtokkit(getClass().getClassLoader()).orElseThrow();
    String greek = "Καλημέρα κόσμε";
    long old = jtokkit.apply("gpt-4").orElseThrow().count(greek);
    long current = jtokkit.apply("gpt-4o").orElseThrow().count(greek);
    assertTrue(current < old, current + " and " + old);
    assertEquals(current, jtokkit.apply("not-made-yet").orElseThrow().count(greek));
    assertEquals(2, jtokkit.apply("gpt-4o").orElseThrow().count("hello world"));
  }

  @Test
  void nothingIsFoundWhereItIsNot() {
    assertTrue(Tokenizer.jtokkit(ClassLoader.getPlatformClassLoader()).isEmpty());
  }

  @Test
  void namesOfOpenAisModelsAreKnownBehindAProvidersToo() {
    for (String model :
        new String[] {
          "gpt-4o-mini", "o1", "o3-mini", "openai/gpt-5", "ft:gpt-4o:acme", "text-embedding-3-small"
        }) {
      assertTrue(Tokenizer.ofOpenAi(model), model);
    }
    for (String model : new String[] {"claude-sonnet-4-5", "gemini-2.5-pro", "llama3", "m", ""}) {
      assertFalse(Tokenizer.ofOpenAi(model), model);
    }
  }

  @Test
  void whatTheModelReadsIsGivenToIt() {
    LlmRequest request =
        read(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a \\\"b\\\"\\n\\u00e9\"},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"c\"}]}]}");
    assertEquals(
        request.messages() * Tokens.PER_MESSAGE + 10, request.countedBy(CharSequence::length));
    long[] given = new long[1];
    request.countedBy(
        text -> {
          assertEquals("a \"b\"\né\nc\n", text.toString());
          return given[0] = text.length();
        });
    assertEquals(10, given[0]);
  }

  @Test
  void aBodyThatCannotBeReadAndATokenizerThatCannotTellCountNothing() {
    assertEquals(-1, read("{").countedBy(CharSequence::length));
    String long80 = "{\"model\":\"m\",\"messages\":[{\"content\":\"" + "x".repeat(80_000) + "\"}]}";
    assertEquals(-1, read(long80).countedBy(CharSequence::length));
    String ask = "{\"model\":\"m\",\"messages\":[{\"content\":\"x\"}]}";
    assertEquals(-1, read(ask).countedBy(text -> -1));
    assertEquals(
        -1,
        read(ask)
            .countedBy(
                text -> {
                  throw new IllegalStateException("no tables");
                }));
  }
}
