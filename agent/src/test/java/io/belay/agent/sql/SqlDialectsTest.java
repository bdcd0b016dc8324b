package io.belay.agent.sql;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.rule.AllowRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Holds the two readings of SQL against small lexers of five databases on random texts made of
 * everything they disagree about: what any of them takes for a value is never shown, and what any
 * of them would execute is never overlooked.
 */
class SqlDialectsTest {
  private static final String[] PIECES = {
    "'", "'", "'", "\"", "`", "[", "]", "\\", "--", "-- ", "#", "/*", "*/", "/*!", "$$", "$a$",
    "q'[", "]'", "E'", "N'", "\n", " ", ",", "(", ")", "=", "5", "x", "''", "\\'", "WORD", "WORD",
    "WORD"
  };

  private enum Dialect {
    STANDARD,
    MYSQL,
    POSTGRESQL,
    TSQL,
    ORACLE
  }

  @Test
  void noDialectsValueIsEverShown() {
    Random random = new Random(42);
    int values = 0;
    int shown = 0;
    for (int round = 0; round < 300_000; round++) {
      String sql = text(random, "SECRET");
      String shape = SqlText.withoutLiterals(sql, 500);
      for (Dialect dialect : Dialect.values()) {
        for (String word : words(sql, dialect, false)) {
          values++;
          assertFalse(
              shape.contains(word + "Z"),
              () -> dialect + " reads a value: " + sql + " -> " + shape);
        }
      }
      shown += shape.contains("SECRET") ? 1 : 0;
    }
    assertTrue(values > 100_000 && shown > 10_000, values + " values, shown " + shown);
  }

  @Test
  void noDialectsCodeIsEverOverlooked() {
    Random random = new Random(43);
    AllowRule rule = AllowRule.parse("sql:SELECT *");
    int executed = 0;
    int passed = 0;
    for (int round = 0; round < 300_000; round++) {
      String sql = "SELECT " + text(random, " DELETE ").replaceAll("DELETE \\d+Z", "DELETE ");
      boolean code = false;
      for (Dialect dialect : Dialect.values()) {
        code |= !words(sql, dialect, true).isEmpty();
      }
      executed += code ? 1 : 0;
      boolean read = SqlText.isRead(sql);
      boolean allowed = rule.matches("sql", sql);
      passed += read ? 1 : 0;
      assertFalse(code && (read || allowed), sql);
    }
    assertTrue(executed > 50_000 && passed > 500, executed + " executed, passed " + passed);
  }

  private static String text(Random random, String word) {
    StringBuilder out = new StringBuilder();
    int pieces = 2 + random.nextInt(10);
    for (int i = 0; i < pieces; i++) {
      String piece = PIECES[random.nextInt(PIECES.length)];
      out.append(piece.equals("WORD") ? word + i + "Z" : piece);
    }
    return out.toString();
  }

  /** The marked words that the dialect reads as code, or those it reads as value or comment. */
  private static List<String> words(String sql, Dialect dialect, boolean wantCode) {
    List<String> found = new ArrayList<>();
    int at = 0;
    while (at < sql.length()) {
      int end = skip(sql, at, dialect);
      boolean name =
          "`[".indexOf(sql.charAt(at)) >= 0 || sql.charAt(at) == '"' && dialect != Dialect.MYSQL;
      if (end > at) {
        if (!wantCode && !name) {
          collect(sql.substring(at, end), found);
        }
        at = end;
      } else if (dialect == Dialect.MYSQL && sql.startsWith("/*!", at)) {
        at += 3;
      } else if (dialect == Dialect.MYSQL && sql.startsWith("*/", at)) {
        at += 2;
      } else if (sql.startsWith("DELETE", at)) {
        if (wantCode) {
          found.add("DELETE");
        }
        at += 6;
      } else {
        at++;
      }
    }
    return found;
  }

  private static void collect(String value, List<String> found) {
    for (int i = value.indexOf("SECRET"); i >= 0; i = value.indexOf("SECRET", i + 1)) {
      int end = value.indexOf('Z', i);
      if (end > 0) {
        found.add(value.substring(i, end));
      }
    }
  }

  /** Where the string, name or comment that begins here ends; the same index when none begins. */
  private static int skip(String sql, int at, Dialect dialect) {
    boolean mysql = dialect == Dialect.MYSQL;
    boolean nests = dialect == Dialect.POSTGRESQL || dialect == Dialect.TSQL;
    char c = sql.charAt(at);
    char before = at == 0 ? ' ' : sql.charAt(at - 1);
    boolean glued = Character.isLetterOrDigit(before) || before == '_' || before == '$';
    if (sql.startsWith("--", at)) {
      boolean comment = !mysql || at + 2 == sql.length() || sql.charAt(at + 2) <= ' ';
      return comment ? line(sql, at) : at;
    }
    if (c == '#' && mysql) {
      return line(sql, at);
    }
    if (sql.startsWith("/*", at)) {
      return mysql && sql.startsWith("/*!", at) ? at : comment(sql, at, nests);
    }
    if (dialect == Dialect.ORACLE && !glued && sql.startsWith("q'[", at)) {
      int end = sql.indexOf("]'", at + 3);
      return end < 0 ? sql.length() : end + 2;
    }
    if (dialect == Dialect.POSTGRESQL && !glued && sql.startsWith("E'", at)) {
      return string(sql, at + 1, '\'', true);
    }
    if (dialect == Dialect.POSTGRESQL && !glued && c == '$') {
      for (String tag : new String[] {"$$", "$a$"}) {
        if (sql.startsWith(tag, at)) {
          int end = sql.indexOf(tag, at + tag.length());
          return end < 0 ? sql.length() : end + tag.length();
        }
      }
    }
    if (c == '\'' || c == '"') {
      return string(sql, at, c, mysql);
    }
    if (c == '`' && mysql) {
      return string(sql, at, c, false);
    }
    return c == '[' && dialect == Dialect.TSQL ? string(sql, at, ']', false) : at;
  }

  private static int line(String sql, int at) {
    int end = sql.indexOf('\n', at);
    return end < 0 ? sql.length() : end;
  }

  private static int comment(String sql, int at, boolean nests) {
    int depth = 1;
    int i = at + 2;
    while (i < sql.length() && depth > 0) {
      if (sql.startsWith("*/", i)) {
        depth--;
        i += 2;
      } else if (nests && sql.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else {
        i++;
      }
    }
    return i;
  }

  private static int string(String sql, int at, char quote, boolean escapes) {
    for (int i = at + 1; i < sql.length(); i++) {
      if (escapes && sql.charAt(i) == '\\') {
        i++;
      } else if (sql.charAt(i) == quote) {
        if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
          i++;
        } else {
          return i + 1;
        }
      }
    }
    return sql.length();
  }
}
