package io.belay.agent.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowRuleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE runs SET x=1",
        "update runs\n  set x = 1 ;",
        "/* why */ UPDATE /* x */ runs -- note\n SET x='a b'",
        "UPDATE runs SET x = REPLACE(x, 'a', 'b')",
        "UPDATE runs SET note = 'DELETE FROM y'",
        "\tUpDaTe\r\nRUNS SET x=1",
      })
  void anSqlRuleMatchesItsStatementHoweverItIsLaidOut(String sql) {
    assertEquals(true, AllowRule.parse("sql:UPDATE runs *").matches("sql", sql), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE runs SET x=1; DELETE FROM y",
        "UPDATE runs SET x=1;;DELETE FROM y",
        "UPDATE runs SET x=1 DELETE FROM y",
        "UPDATE runs SET x=1\nEXEC drop_all",
        "UPDATE runs SET x=1 /*! ; DELETE FROM y */",
        "UPDATE runs SET x=1 /*!50000 , z=2 */",
        "UPDATE runs SET x='\\'; DELETE FROM y --'",
        "UPDATE runs SET x='\\' DELETE FROM y --'",
        "UPDATE runs SET x=1 # '\n; DELETE FROM y -- '",
        "UPDATE runs SET x=1 /* /* */ DELETE FROM y */",
        "UPDATE runs SET x=$$ DELETE FROM y $$",
        "UPDATE runs SET x=q'[' DELETE FROM y --]'",
        "UPDATE runs SET [it's]=1 DELETE FROM y --'",
        "UPDATE runs SET x=1 UPDATE users SET admin=1",
        "UPDATE runs SET x=1 COMMIT",
        "UPDATE runs , users SET users.admin = 1",
        "UPDATE runs_archive SET x=1",
        "UPDATE run\u017f SET x=1",
        "UPDATE\u00a0runs SET x=1",
        "UPDATE runs",
        "EXPLAIN UPDATE runs SET x=1",
        "WITH d AS (DELETE FROM y RETURNING *) UPDATE runs SET x=1",
        "UPDATE runs SET x='open",
        "DELETE FROM runs ",
        "",
        ";",
        "-- UPDATE runs SET x=1",
        "'UPDATE runs '",
      })
  void anSqlRuleNeverMatchesMoreThanItsReaderExpects(String sql) {
    assertEquals(false, AllowRule.parse("sql:UPDATE runs *").matches("sql", sql), sql);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sql:INSERT INTO runs *|INSERT INTO runs VALUES (1) ON CONFLICT DO UPDATE SET a=1|true",
        "sql:INSERT INTO runs *|INSERT INTO runs VALUES (1) ON DUPLICATE KEY UPDATE a=1|true",
        "sql:INSERT INTO runs *|INSERT INTO runs SELECT * FROM (DELETE FROM y RETURNING *) z|false",
        "sql:insert into log ( a, b ) values *|INSERT INTO log (a,b) VALUES (?, ?)|false",
        "sql:insert into log ( a, b ) values *|INSERT INTO log (a, b) VALUES (?, ?)|true",
        "sql:UPDATE runs SET s = 'Stopped'|update runs set s = 'Stopped'|true",
        "sql:UPDATE runs SET s = 'Stopped'|update runs set s = 'stopped'|false",
        "sql:UPDATE \"Runs\" *|update \"Runs\" set x=1|true",
        "sql:UPDATE \"Runs\" *|update \"runs\" set x=1|false",
        "sql:SELECT 1|select 1;|true",
        "sql:*|anything; at all|true",
        "commit:*|x|true",
        "tool:notify*|notify_user|true",
        "tool:notify*|please notify|false",
        "message:a.b|a.b|true",
        "message:a.b|aXb|false",
      })
  void aRuleMatchesTheWholeText(String rule, String text, boolean matches) {
    AllowRule parsed = AllowRule.parse(rule);
    assertEquals(matches, parsed.matches(rule.substring(0, rule.indexOf(':')), text));
    assertEquals(false, parsed.matches("process", text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST https://audit.acme.com/*|POST https://audit.acme.com/a/b|true",
        "POST https://audit.acme.com/*|POST https://AUDIT.acme.com:443/a?b=c#d|true",
        "POST https://audit.acme.com/*|POST https://audit.acme.com|true",
        "POST https://audit.acme.com/*|post https://audit.acme.com./x|true",
        "post https://audit.acme.com/*|POST https://u:p@audit.acme.com/x|true",
        "POST https://audit.acme.com/*|GET https://audit.acme.com/a|false",
        "POST https://audit.acme.com/*|POST http://audit.acme.com/a|false",
        "POST https://audit.acme.com/*|POST https://audit.acme.com:8443/a|false",
        "POST https://audit.acme.com/*|POST https://audit.acme.com.evil.com/a|false",
        "POST https://audit.acme.com/*|POST https://audit.acme.com@evil.com/a|false",
        "POST https://audit.acme.com/*|POST https://evil.com/https://audit.acme.com/|false",
        "POST https://audit.acme.com/*|POST https://evil.com?https://audit.acme.com/|false",
        "POST https://audit.acme.com/*|POST https://evil.com\\@audit.acme.com/|false",
        "POST https://audit.acme.com/*|POST https:audit.acme.com/a|false",
        "POST https://a.b/public/*|POST https://a.b/public/../admin|false",
        "POST https://a.b/public/*|POST https://a.b/public/%2e%2E/admin|false",
        "POST https://a.b/public/*|POST https://a.b/public/..%2fadmin|false",
        "POST https://a.b/public/*|POST https://a.b/public/..;x=1/admin|false",
        "POST https://a.b/public/*|POST https://a.b/public/%252e%252e/admin|false",
        "POST https://a.b/public/*|POST https://a.b/public|false",
        "POST https://a.b/public/*|POST https://a.b/public/v1.2/x..y|true",
        "POST https://*.acme.com/x|POST https://a.b.acme.com/x|true",
        "POST https://*.acme.com/x|POST https://acme.com/x|false",
        "POST https://*.acme.com/x|POST https://evilacme.com/x|false",
        "POST https://*.acme.com/x|POST https://evil.com/.acme.com/x|false",
        "* https://a.b/x|DELETE https://a.b/x|true",
        "POST *|POST https://anywhere/x|true",
        "POST https://[::1]:8080/x|POST https://[::1]:8080/x|true",
        "POST https://a.b|POST https://a.b/|true",
        "POST https://a.b|POST https://a.b/x|false",
      })
  void anHttpRuleHoldsToItsHostAndPath(String rule, String call, boolean matches) {
    assertEquals(matches, AllowRule.parse("http:" + rule).matches("http", call), call);
    assertEquals(false, AllowRule.parse("http:" + rule).matches("llm", call));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sql",
        "sql:",
        "SQL:SELECT 1",
        "sqll:SELECT 1",
        "sql:UPDATE a; DELETE b",
        "sql:UPDATE a SET b='x",
        "sql:SELECT */x",
        "sql:-- x",
        "http:https://a.b/",
        "http:POST audit.acme.com/*",
        "http:POST https:///x",
        "http:POST https://audit.acme.com*",
        "http:POST https://a.*.b/",
        "http:POST https://a.b/x?y",
        "http:POST https://u@a.b/",
        "http:P@ST https://a.b/",
        "http:POST https://a.b:x/",
        "llm:https://a.b/c"
      })
  void aWrongRuleIsAnError(String rule) {
    assertThrows(IllegalArgumentException.class, () -> AllowRule.parse(rule), rule);
  }

  @Test
  void aStarMatchesQuicklyInALongText() {
    String hostile = "UPDATE runs SET x = '" + "a".repeat(200_000) + "'";
    assertEquals(false, AllowRule.parse("sql:UPDATE runs *a*a*a*a*a*b").matches("sql", hostile));
  }
}
