package io.belay.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.log.Log;
import io.belay.agent.rule.DisconnectPolicy;
import io.belay.agent.rule.IdSource;
import io.belay.agent.rule.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @TempDir Path folder;

  @Test
  void withoutAnySourceEachKeyHasItsDefault() throws Exception {
    Settings settings = read(null);
    assertTrue(settings.get(Keys.ENABLED));
    assertEquals(Mode.ENFORCE, settings.get(Keys.MODE));
    assertEquals(Duration.ofSeconds(10), settings.get(Keys.STOP_GRACE_HTTP_WRITE));
    assertEquals(Duration.ofDays(1), settings.get(Keys.BUDGET_KEY_WINDOW));
    assertEquals(32L, settings.get(Keys.BUDGET_MIN_OUTPUT_TOKENS));
    assertEquals(List.of(), settings.get(Keys.RUN_ENTRYPOINTS));
    assertTrue(settings.boundary("okhttp"));
    assertNull(settings.orNull(Keys.HTTP_PORT));
    assertNull(settings.source(Keys.MODE));
    assertThrows(IllegalStateException.class, () -> settings.get(Keys.HTTP_PORT));
    assertEquals(List.of(), settings.warnings());
  }

  @Test
  void anArgumentWinsOverAPropertyOverAVariableOverTheFile() throws Exception {
    Path file = yaml("http:\n  port: 4\n");
    Properties properties = properties("belay.http.port", "2");
    Map<String, String> variables = Map.of("BELAY_HTTP_PORT", "3", "BELAY_CONFIG", file.toString());
    Key<Integer> port = Keys.HTTP_PORT;
    assertEquals(1, Settings.read("http.port=1", properties, variables).get(port));
    assertEquals(2, Settings.read(null, properties, variables).get(port));
    assertEquals(3, Settings.read("", new Properties(), variables).get(port));
    Settings last = Settings.read(null, properties("belay.config", file.toString()), Map.of());
    assertEquals(4, last.get(port));
    assertEquals(file + ":2 belay.http.port", last.source(port));
  }

  @Test
  void argumentsOfSeveralValuesEndWhereTheNextSettingBegins() throws Exception {
    Settings settings =
        read("run.entrypoints=com.a.B#run,com.c.D#*,com.c.E#f(id=0),http.port=7070,mode=observe");
    assertEquals(
        List.of("com.a.B#run", "com.c.D#*", "com.c.E#f(id=0)"),
        settings.get(Keys.RUN_ENTRYPOINTS).stream().map(Object::toString).toList());
    assertEquals(7070, settings.get(Keys.HTTP_PORT));
    assertEquals(Mode.OBSERVE, settings.get(Keys.MODE));
  }

  @Test
  void rulesPerPathAreNotMistakenForSettings() throws Exception {
    DisconnectPolicy policy =
        read("run.http.on-disconnect=stop=/chat/**,grace(10s)=/jobs/**,continue=/hooks/**,accept=off")
            .get(Keys.RUN_HTTP_ON_DISCONNECT);
    assertEquals(DisconnectPolicy.What.CONTINUE, policy.forPath("/hooks/a").what());
    assertEquals(Duration.ofSeconds(10), policy.forPath("/jobs/7").grace());
  }

  @Test
  void commasOfSqlRulesTokensAndQueriesStayInTheirValue() throws Exception {
    Settings settings =
        read(
            "allow=sql:INSERT INTO log (a, b) *,http:POST https://a.b/*,http.token=x,y=z,w"
                + ",watch.jdbc.url=jdbc:h2:mem:a;b=c,watch.jdbc.query=SELECT a, b FROM t WHERE id = ?");
    assertEquals(2, settings.get(Keys.ALLOW).size());
    assertEquals("x,y=z,w", settings.get(Keys.HTTP_TOKEN));
    assertEquals("SELECT a, b FROM t WHERE id = ?", settings.get(Keys.WATCH_JDBC_QUERY));
    assertEquals(List.of("ab", "c,d"), Type.NAMES.split("ab, c\\,d,"));
    assertEquals("c:\\x,y", read("http.token=c:\\x\\,y").get(Keys.HTTP_TOKEN));
  }

  @Test
  void aMistypedSettingIsNotSwallowedByTheValueBeforeIt() throws Exception {
    Settings settings = read("http.token=x,budget.output-tokns=5");
    assertEquals("x", settings.get(Keys.HTTP_TOKEN));
    assertEquals(
        List.of(
            "unknown setting agent argument budget.output-tokns: did you mean"
                + " belay.budget.output-tokens?"),
        settings.warnings());
  }

  @ParameterizedTest
  @CsvSource({
    "budget.output-token,belay.budget.output-tokens",
    "budgets.output-tokens,belay.budget.output-tokens",
    "http.prot,belay.http.port",
    "boundary.okhtpp,belay.boundary.okhttp",
    "run.entry-points,belay.run.entrypoints",
    "Mode,belay.mode"
  })
  void anUnknownKeyIsAWarningThatNamesTheNearest(String wrong, String right) throws Exception {
    Settings settings = Settings.read(null, properties("belay." + wrong, "1"), Map.of());
    assertEquals(
        List.of("unknown setting -Dbelay." + wrong + ": did you mean " + right + "?"),
        settings.warnings());
  }

  @Test
  void anUnknownVariableNamesTheNearestVariable() throws Exception {
    Map<String, String> variables = Map.of("BELAY_HTTP_PROT", "1", "BELAYED", "x", "PATH", "y");
    assertEquals(
        List.of("unknown setting BELAY_HTTP_PROT: did you mean BELAY_HTTP_PORT?"),
        Settings.read(null, new Properties(), variables).warnings());
  }

  @Test
  void anEmptyVariableIsNotSetButAnEmptyPropertyIsAnError() throws Exception {
    assertNull(
        Settings.read(null, new Properties(), Map.of("BELAY_HTTP_PORT", ""))
            .orNull(Keys.HTTP_PORT));
    assertEquals(
        "-Dbelay.http.port: cannot read \"\"; expected a port from 0 to 65535, such as 7070",
        problem(properties("belay.http.port", "")));
  }

  @Test
  void anEmptyVariableOfALimitIsWarnedOf() throws Exception {
    assertEquals(
        List.of("BELAY_BUDGET_OUTPUT_TOKENS is empty: it sets no limit"),
        Settings.read(
                null,
                new Properties(),
                Map.of("BELAY_BUDGET_OUTPUT_TOKENS", "", "BELAY_LOG_LEVEL", "", "BELAY_X", ""))
            .warnings());
  }

  @Test
  void theLineNamesSourceValueAndWhatIsAccepted() {
    assertEquals(
        "-Dbelay.budget.output-tokens: cannot read \"20k tokens\"; expected a whole number of"
            + " tokens, such as 20000 or 20_000",
        problem(properties("belay.budget.output-tokens", "20k tokens")));
    assertEquals(
        "-Dbelay.run.entrypoints: cannot read belay.run.entrypoints: \"com.acme.Agent.run\": it names"
            + " no method: add #method or #*; expected methods such as"
            + " com.acme.ResearchAgent#run,com.acme.jobs.*#execute",
        problem(properties("belay.run.entrypoints", "a.B#c,com.acme.Agent.run")));
    assertEquals(
        "-Dbelay.mode: cannot read \"on\"; expected one of enforce or observe",
        problem(properties("belay.mode", "on")));
  }

  @Test
  void ofSeveralProblemsTheFirstIsToldAndTheOthersAreCounted() {
    SettingsException thrown =
        assertThrows(
            SettingsException.class,
            () ->
                Settings.read(
                    "http.port=x,mode=y", new Properties(), Map.of("BELAY_ACCEPT", "maybe")));
    assertEquals(3, thrown.problems().size());
    assertTrue(thrown.getMessage().startsWith("agent argument http.port: cannot read \"x\""));
    assertTrue(
        thrown.getMessage().endsWith("(and 2 more problems: agent argument mode, BELAY_ACCEPT)"),
        thrown.getMessage());
    assertFalse(thrown.getMessage().contains("\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "20000,20000",
    "20_000,20000",
    "' 7 ',7",
    "1_000_000_000_000_000,1000000000000000"
  })
  void aTokenCountIsDigitsPerhapsWithUnderscores(String text, long value) throws Exception {
    Properties properties = properties("belay.budget.jvm.total-tokens", text);
    assertEquals(value, Settings.read(null, properties, Map.of()).get(Keys.BUDGET_JVM.totalTokens));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20k",
        "20k tokens",
        "-1",
        "1.5",
        "1e3",
        "0x10",
        "_1",
        "1_",
        "+5",
        "",
        " ",
        "１２",
        "1000000000000001",
        "99999999999999999999"
      })
  void whatIsNoTokenCountEndsTheStart(String text) {
    assertTrue(problem(properties("belay.budget.output-tokens", text)).contains("such as 20000"));
  }

  @ParameterizedTest
  @CsvSource({"0ms,0", "500ms,500", "5s,5000", "2m,120000", "1h,3600000", "1d,86400000"})
  void aDurationIsANumberWithItsUnit(String text, long millis) throws Exception {
    Properties properties = properties("belay.budget.time", text);
    assertEquals(
        Duration.ofMillis(millis), Settings.read(null, properties, Map.of()).get(Keys.BUDGET.time));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "30",
        "-5s",
        "1.5s",
        "5 s",
        "s",
        "5S",
        "1w",
        "PT5S",
        "36501d",
        "99999999999999999d"
      })
  void whatIsNoDurationEndsTheStart(String text) {
    assertTrue(problem(properties("belay.shield.timeout", text)).contains("with its unit"));
  }

  @Test
  void dollarsAreDecimalsOfUpToNinePlaces() throws Exception {
    Map<String, Long> amounts =
        Map.of(
            "0",
            0L,
            "2.50",
            2_500_000_000L,
            "0.000000001",
            1L,
            "1_000_000",
            1_000_000_000_000_000L);
    for (Map.Entry<String, Long> amount : amounts.entrySet()) {
      Properties properties = properties("belay.budget.cost-usd", amount.getKey());
      assertEquals(
          amount.getValue(), Settings.read(null, properties, Map.of()).get(Keys.BUDGET.costUsd));
    }
    for (String bad :
        List.of("-1", "$5", "1e3", ".5", "5.", "1,5", "NaN", "0.0000000001", "1000001", "2 .5")) {
      assertTrue(problem(properties("belay.budget.cost-usd", bad)).contains("such as 2.50"), bad);
    }
  }

  @Test
  void portsStatusesFlagsAndLevelsAreBounded() throws Exception {
    assertEquals(65535, read("http.port=65535").get(Keys.HTTP_PORT));
    assertEquals(Log.Level.OFF, read("log.level=OFF").get(Keys.LOG_LEVEL));
    assertFalse(read("boundary.jdbc=off").boundary("jdbc"));
    for (String bad :
        List.of(
            "http.port=65536",
            "run.http.stopped-status=99",
            "stop.wake=yes",
            "log.level=all",
            "require=okhtp",
            "http.bind=1.2.3.4:80",
            "redis.url=http://x",
            "on-stop=ftp://x",
            "watch.jdbc.url=postgresql://x",
            "prices=/no/such/file",
            "run.none=com..A",
            "llm.endpoints=a b",
            "compensate=POST https://a.b/c",
            "budget.key.from=cookie:x",
            "watch.jdbc.query=SELECT ? FROM t WHERE id = ?")) {
      assertThrows(SettingsException.class, () -> read(bad), bad);
    }
  }

  @Test
  void offLoopbackTheControlPlaneNeedsAToken() throws Exception {
    for (String local : List.of("127.0.0.1", "localhost", "::1", "[::1]", "127.8.0.1")) {
      read("http.port=0,http.bind=" + local);
    }
    for (String open : List.of("0.0.0.0", "::", "10.0.0.1", "127.evil.com", "localhost.evil.com")) {
      String line =
          assertThrows(SettingsException.class, () -> read("http.port=0,http.bind=" + open))
              .getMessage();
      assertTrue(line.startsWith("agent argument http.bind: "), line);
      assertTrue(line.contains("set belay.http.token"), line);
      read("http.port=0,http.token=t,http.bind=" + open);
    }
  }

  @Test
  void aSettingThatNeedsAnotherIsAnErrorWithoutIt() {
    for (String alone :
        List.of(
            "budget.key.output-tokens=5",
            "budget.key.output-tokens=5,budget.key.from=header:X-Api-Key,run.http=false",
            "budget.key.output-tokens=5,budget.key.from=header:X-Api-Key,budget.key.window=0s",
            "accept=true",
            "watch.jdbc.url=jdbc:h2:mem:x",
            "watch.jdbc.query=SELECT 1",
            "require=jdbc,boundary.jdbc=off")) {
      assertThrows(SettingsException.class, () -> read(alone), alone);
    }
  }

  @Test
  void aSecretIsNeverPartOfAMessage() throws Exception {
    Path file = yaml("redis.url: 'hunter2@host'\non-stop: 'x://u:hunter2@h'\n");
    for (String arguments :
        List.of(
            "redis.url=hunter2",
            "http.token=,watch.jdbc.url=hunter2",
            "hunter2%=x",
            "a_b:hunter2",
            "http.token=hunter2,http.token=hunter2",
            "config=" + file)) {
      SettingsException thrown = assertThrows(SettingsException.class, () -> read(arguments));
      assertFalse(thrown.getMessage().contains("hunter2"), thrown.getMessage());
      assertFalse(thrown.problems().toString().contains("hunter2"), thrown.getMessage());
    }
  }

  @Test
  void aSwitchedOffAgentMindsNothingElse() throws Exception {
    Settings settings = read("enabled=false,http.port=x,config=/no/such/file");
    assertFalse(settings.get(Keys.ENABLED));
    assertEquals(List.of(), settings.warnings());
    Path file = yaml("enabled: off\nhttp.port: x\n");
    assertFalse(read("config=" + file).get(Keys.ENABLED));
  }

  @Test
  void theFileMayNestDotAndList() throws Exception {
    Path file =
        yaml(
            """
            belay:
              budget: {output-tokens: 20_000, jvm.cost-usd: 2.50}
              run:
                http: on
                http.id-from: [ "header:X-Run-Id", "path:/chat/{id}" ]
            run.entrypoints:
              - com.a.B#run
              - com.c.D#*
            allow:
              - sql:INSERT INTO log (a, b) VALUES (?, 'x, http:y')
            run.http.on-disconnect: [ stop=/chat/**, continue=/hooks/** ]
            compensate:
              - on: "POST https://api.example.com/workflows/run"
                with: "DELETE https://api.example.com/workflows/run/{$.run_id}"
            """);
    Settings settings = read("config=" + file);
    assertEquals(List.of(), settings.warnings());
    assertEquals(20_000L, settings.get(Keys.BUDGET.outputTokens));
    assertEquals(2_500_000_000L, settings.get(Keys.BUDGET_JVM.costUsd));
    assertTrue(settings.get(Keys.RUN_HTTP));
    assertEquals(IdSource.Kind.PATH, settings.get(Keys.RUN_HTTP_ID_FROM).get(1).kind());
    assertEquals(2, settings.get(Keys.RUN_ENTRYPOINTS).size());
    assertEquals(1, settings.get(Keys.ALLOW).size());
    assertEquals("DELETE", settings.get(Keys.COMPENSATE).get(0).method());
  }

  @Test
  void aProblemInTheFileHasItsLine() throws Exception {
    Map<String, String> lines =
        Map.of(
            "mode: enforce\nbudget:\n  output-tokens: 20k tokens\n",
                ":3 belay.budget.output-tokens",
            "mode: enforce\nmode: observe\n", ":2 belay.mode: set twice, first by ",
            "a: b\n c: [\n", ":2: not YAML: ",
            "- a\n", ":1: expected settings",
            "http.port: [1]\n", ":1 belay.http.port: cannot read belay.http.port: it is a list",
            "allow: [[a]]\n", ":1: expected a text as an element of belay.allow",
            "compensate: [{on: POST https://a.b/c, wth: x}]\n",
                ":1: expected a text as an element");
    for (Map.Entry<String, String> line : lines.entrySet()) {
      Path file = yaml(line.getKey());
      String message =
          assertThrows(SettingsException.class, () -> read("config=" + file)).getMessage();
      assertTrue(message.startsWith(file + line.getValue()), message);
      assertFalse(message.contains("\n"), message);
    }
  }

  @Test
  void hostileOrEmptyFilesEndInOneLineOrNothing() throws Exception {
    assertEquals(List.of(), read("config=" + yaml("")).warnings());
    assertEquals(List.of(), read("config=" + yaml("# nothing\n")).warnings());
    for (String hostile :
        List.of(
            "a: &a\n  b: *a\n",
            "[".repeat(100_000),
            "a: !!java.io.File x\n--- \nb: c\n",
            "\u0000",
            "? [x]\n: y\n",
            "x: {".repeat(5_000))) {
      Path file = yaml(hostile);
      SettingsException thrown =
          assertThrows(SettingsException.class, () -> read("config=" + file), hostile);
      assertFalse(thrown.getMessage().contains("\n"), thrown.getMessage());
    }
  }

  @Test
  void anUnknownKeyInTheFileIsNamedWithItsLine() throws Exception {
    Path file = yaml("budget:\n  output-tokns: 5\n");
    assertEquals(
        List.of(
            "unknown setting "
                + file
                + ":2 belay.budget.output-tokns: did you mean"
                + " belay.budget.output-tokens?"),
        read("config=" + file).warnings());
  }

  @Test
  void argumentsThatAreNoneAreAnError() {
    for (String wrong : List.of("enabled", "=5", "20k tokens", ",,x")) {
      assertThrows(SettingsException.class, () -> read(wrong), wrong);
    }
  }

  private static Settings read(String arguments) throws SettingsException {
    return Settings.read(arguments, new Properties(), Map.of());
  }

  private static Properties properties(String key, String value) {
    Properties properties = new Properties();
    properties.setProperty(key, value);
    return properties;
  }

  private static String problem(Properties properties) {
    return assertThrows(SettingsException.class, () -> Settings.read(null, properties, Map.of()))
        .getMessage();
  }

  private Path yaml(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "belay", ".yaml"), text);
  }
}
