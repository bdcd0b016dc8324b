package io.belay.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.llm.Dialect;
import io.belay.agent.llm.Dialects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlmEndpointTest {
  private static final Dialects DIALECTS =
      Dialects.with(
          Stream.of(
                  "llm.acme.com",
                  "gw.acme.com/claude=anthropic-messages",
                  "/ask",
                  "*.internal/v1/**",
                  "localhost:8081",
                  "https://[::1]:9000/m/*=ollama")
              .map(LlmEndpoint::parse)
              .toList());

  @ParameterizedTest
  @CsvSource({
    "LLM.acme.com, 8443, /x, openai-chat",
    "llm.acme.com, 443, /models/g:generateContent, gemini",
    "gw.acme.com, 443, /claude, anthropic-messages",
    "gw.acme.com, 443, /claude/x, anthropic-messages",
    "gw.acme.com, 443, /claudes, ''",
    "gw.acme.com, 443, /other, ''",
    "anything, 80, /ask, openai-chat",
    "a.b.internal, 80, /v1/talk/now, openai-chat",
    "a.b.internal, 80, /v2/talk, ''",
    "internal, 80, /v1/talk, ''",
    "localhost, 8081, /x, openai-chat",
    "localhost, 8082, /x, ''",
    "[::1], 9000, /m/x, ollama",
    "[::1], 9000, /m/x/y, ''"
  })
  void saysWhereAModelIsAsked(String host, int port, String path, String expected) {
    assertEquals(expected, DIALECTS.match("POST", host, port, path).map(Dialect::name).orElse(""));
  }

  @Test
  void whatCannotBeReadIsSaidAtOnce() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> LlmEndpoint.parse("h=klingon"))
            .getMessage();
    assertTrue(message.contains("klingon") && message.contains("openai-chat"), message);
    assertThrows(IllegalArgumentException.class, () -> LlmEndpoint.parse("h x"));
    assertThrows(IllegalArgumentException.class, () -> LlmEndpoint.parse("a*b.acme.com"));
  }
}
