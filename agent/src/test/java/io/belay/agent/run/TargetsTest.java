package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {
  @ParameterizedTest
  @CsvSource({
    "https://a.b/c?k=secret#secret, https://a.b/c",
    "https://u:secret@a.b:8443/c, https://a.b:8443/c",
    "https://secret@a.b, https://a.b",
    "https://a.b/@scope/pkg, https://a.b/@scope/pkg",
    "https://a.b/c;jsessionid=secret/d;x, https://a.b/c/d",
    "https://[::1]:8080/x, https://[::1]:8080/x",
    "https://u:secret@[::1]/x, https://[::1]/x",
    "//u:secret@a.b/c, //a.b/c",
    "/c/d?secret, /c/d",
    "a.b:80/c, a.b:80/c",
    "https://a.b?secret, https://a.b",
  })
  void aUrlIsShownWithoutWhatMayBeSecret(String url, String target) {
    assertEquals(target, Targets.url(url));
    assertEquals("GET " + target, Targets.http("GET", url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://u:secret/x@a.b/c",
        "https://u:secret\\@a.b/c",
        "u:secret@a.b/c",
        "https://a@u:secret/x@b/c",
        "mailto:secret@a.b",
        "?secret",
        "#secret",
        "https://u:secret;@a.b"
      })
  void aBrokenUrlShowsLessRatherThanMore(String url) {
    assertFalse(Targets.url(url).contains("secret"), Targets.url(url));
  }

  @Test
  void aTargetIsOneLineOfBoundedLength() {
    assertEquals("a  b c", Targets.name("a\r\nb\u2028c"));
    assertEquals(Targets.MAX, Targets.name("x".repeat(501)).length());
    assertEquals(Targets.MAX, Targets.name("x".repeat(500)).length());
    String half = Targets.name("x".repeat(496) + "\ud83d\ude00".repeat(5));
    assertTrue(half.endsWith("x..."), half);
    assertEquals("", Targets.url(""));
  }
}
