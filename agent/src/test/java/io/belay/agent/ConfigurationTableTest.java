package io.belay.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigurationTableTest {
  @Test
  void theReferenceIsWhatTheTableOfKeysSays() throws Exception {
    assertEquals(ConfigurationTable.markdown(), Files.readString(ConfigurationTable.FILE));
  }

  @Test
  void everyKeyOfTheContractIsDeclaredWithItsDefault() {
    String[][] contract = {
      {"enabled", "true"},
      {"mode", "enforce"},
      {"require", ""},
      {"boundary.okhttp", "on"},
      {"boundary.jdbc", "on"},
      {"log.level", "info"},
      {"config", null},
      {"run.http", "true"},
      {"run.http.id-from", ""},
      {"run.entrypoints", ""},
      {"run.carry", ""},
      {"run.none", ""},
      {"stop.grace.llm", "0s"},
      {"stop.grace.http", "0s"},
      {"stop.grace.http-write", "10s"},
      {"stop.grace.sql", "2s"},
      {"stop.grace.process", "5s"},
      {"stop.wake", "true"},
      {"shield", ""},
      {"shield.timeout", "30s"},
      {"allow", ""},
      {"run.http.on-disconnect", "agent"},
      {"run.http.half-close", "stop"},
      {"run.http.stopped-status", "499"},
      {"watch.jdbc.url", null},
      {"watch.jdbc.query", null},
      {"watch.jdbc.interval", "2s"},
      {"redis.url", null},
      {"on-stop", null},
      {"on-stop.secret", null},
      {"budget.input-tokens", null},
      {"budget.output-tokens", null},
      {"budget.total-tokens", null},
      {"budget.cost-usd", null},
      {"budget.llm-calls", null},
      {"budget.tool-calls", null},
      {"budget.time", null},
      {"budget.jvm.output-tokens", null},
      {"budget.key.time", null},
      {"budget.key.from", ""},
      {"budget.key.window", "1d"},
      {"budget.min-output-tokens", "32"},
      {"budget.on-exceeded", "stop"},
      {"budget.unknown-model-usd-per-mtok", null},
      {"llm.endpoints", ""},
      {"prices", null},
      {"http.port", null},
      {"http.bind", "127.0.0.1"},
      {"http.token", null},
      {"runs.keep", "1000"},
      {"propagate", ""},
      {"propagate.secret", null},
      {"accept", "false"},
      {"compensate", ""}
    };
    for (String[] row : contract) {
      Key<?> key = Keys.find(row[0]);
      assertNotNull(key, row[0]);
      assertEquals(row[1], key.fallback, row[0]);
    }
  }

  @Test
  void namesVariablesAndDefaultsOfAllKeysAreSound() throws Exception {
    Settings none = Settings.read(null, new Properties(), Map.of());
    Set<String> variables = new HashSet<>();
    for (Key<?> key : Keys.all()) {
      assertTrue(variables.add(key.variable()), key + " shares its environment variable");
      assertSame(key, Keys.find(key.name));
      assertSame(key, Keys.findVariable(key.variable()));
      assertEquals(key.fallback == null, none.orNull(key) == null, key.name);
      assertFalse(key.meaning.contains("\n"), key.name);
    }
  }
}
