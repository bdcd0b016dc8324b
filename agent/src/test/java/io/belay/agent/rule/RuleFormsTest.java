package io.belay.agent.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Id sources, hosts, disconnect rules and compensations. */
class RuleFormsTest {
  @ParameterizedTest
  @CsvSource({
    "/chat/{id}, /chat/7, 7",
    "/chat/{id}, /chat/7/x,",
    "/chat/{id}, /chat/,",
    "/chat/{id}, /chat,",
    "/chat/{id}/**, /chat/7, 7",
    "/chat/{id}/**, /chat/7/x/y, 7",
    "/*/{id}, /any/7, 7",
    "/{tenant}/{id}/x, /a/7/x, 7",
    "/{tenant}/{id}/x, /a/7/y,",
  })
  void anIdIsTakenFromItsSegment(String template, String path, String id) {
    assertEquals(id, IdSource.parse("path:" + template).fromPath(path));
  }

  @Test
  void whatIsNoIdSourceIsAnError() {
    assertEquals("X-Run-Id", IdSource.parse("header:X-Run-Id").name());
    assertEquals(IdSource.Kind.QUERY, IdSource.parse("query:session").kind());
    for (String wrong :
        List.of(
            "",
            "header",
            "header:",
            "header:a b",
            "cookie:x",
            "path:/chat",
            "path:chat/{id}",
            "path:/{id}/{id}",
            "path:/{id}x")) {
      assertThrows(IllegalArgumentException.class, () -> IdSource.parse(wrong), wrong);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "api.acme.com, API.acme.com, 443, /, true",
    "api.acme.com, api.acme.com., 443, /, true",
    "api.acme.com, api.acme.com.evil.com, 443, /, false",
    "*.acme.com, a.b.acme.com, 443, /, true",
    "*.acme.com, evilacme.com, 443, /, false",
    "localhost:8080, localhost, 8080, /, true",
    "localhost:8080, localhost, 80, /, false",
    "https://a.b/v1/**, a.b, 443, /v1/x/y, true",
    "a.b/v1/*, a.b, 443, /v1/x/y, false",
    "/llm/**, any.host, 1, /llm/x, true",
    "/llm/**, any.host, 1, /other, false",
    "*, any.host, 1, '', true",
    "[::1]:80, [::1], 80, /, true",
  })
  void aHostPatternStaysInItsDomain(
      String pattern, String host, int port, String path, boolean matches) {
    assertEquals(matches, HostPattern.parse(pattern).matches(host, port, path));
  }

  @Test
  void whatIsNoHostIsAnError() {
    for (String wrong :
        List.of(
            "",
            "a b",
            "a*.b",
            "a.*",
            "**.b",
            "u@a.b",
            "a.b:x",
            "a.b:99999",
            "a.b:",
            "https://",
            "a.b/x?y",
            "https:///x")) {
      assertThrows(IllegalArgumentException.class, () -> HostPattern.parse(wrong), wrong);
    }
    assertThrows(IllegalArgumentException.class, () -> HostPattern.parseHost("a.b/x"));
  }

  @Test
  void theFirstDisconnectRuleThatMatchesDecides() {
    DisconnectPolicy policy =
        DisconnectPolicy.parse("continue=/chat/async/**,stop=/chat/**,grace(10s)=/jobs/*,never");
    assertEquals(DisconnectPolicy.What.CONTINUE, policy.forPath("/chat/async").what());
    assertEquals(DisconnectPolicy.What.STOP, policy.forPath("/chat").what());
    assertEquals(DisconnectPolicy.What.STOP, policy.forPath("/chat/a/b").what());
    assertEquals(Duration.ofSeconds(10), policy.forPath("/jobs/1").grace());
    assertEquals(DisconnectPolicy.What.CONTINUE, policy.forPath("/chats").what());
    assertEquals(
        DisconnectPolicy.What.AGENT, DisconnectPolicy.parse("stop=/a").forPath("/b").what());
    assertEquals(DisconnectPolicy.What.STOP, DisconnectPolicy.parse("always").forPath("/").what());
    for (String wrong :
        List.of("", "sometimes", "stop=chat", "grace=/x", "grace(10)=/x", "agent,never", "stop")) {
      assertThrows(IllegalArgumentException.class, () -> DisconnectPolicy.parse(wrong), wrong);
    }
  }

  @Test
  void aCompensationNamesTheRequestThatUndoes() {
    Compensation rule =
        Compensation.parse("POST https://a.b/run -> DELETE https://a.b/run/{$.run_id}?x={$.a.b}");
    assertTrue(rule.on().matches("POST", "https://a.b/run?q"));
    assertEquals("DELETE", rule.method());
    assertEquals("https://a.b/run/{$.run_id}?x={$.a.b}", rule.urlTemplate());
    for (String wrong :
        List.of(
            "POST https://a.b/c",
            "POST https://a.b/c -> DELETE",
            "x -> DELETE https://a.b/c",
            "POST https://a.b/c -> DELETE ftp://a.b/c",
            "POST https://a.b/c -> DELETE https://a.b",
            "POST https://a.b/c -> DELETE https://{$.host}/c",
            "POST https://a.b/c -> * https://a.b/c",
            "POST https://a.b/c -> DELETE https://a.b/{run_id}",
            "POST https://a.b/c -> DELETE https://a.b/{$.x",
            "POST https://a.b/c -> DELETE https://a.b/x}",
            "POST https://a.b/c -> DELETE https://a.b/x y")) {
      assertThrows(IllegalArgumentException.class, () -> Compensation.parse(wrong), wrong);
    }
  }
}
