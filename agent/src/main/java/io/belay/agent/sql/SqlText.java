package io.belay.agent.sql;

import java.util.List;
import java.util.Set;

/**
 * What an SQL text does, as far as its words tell. Strict where a mistake would let something
 * through: {@link #isRead} and {@link #isRollback} are true only for one statement that every
 * database reads alike; {@link #isCommit} and {@link #isDdl} when any of several statements is one.
 * What a called function, procedure or dynamic statement does is not seen.
 */
public final class SqlText {
  private static final Set<String> READS =
      Set.of("SELECT", "VALUES", "SHOW", "DESCRIBE", "DESC", "TABLE", "EXPLAIN", "WITH");

  /** Words that make a statement more than a read, wherever they stand. */
  private static final Set<String> WRITES =
      Set.of(
          "INSERT",
          "UPDATE",
          "DELETE",
          "MERGE",
          "REPLACE",
          "UPSERT",
          "TRUNCATE",
          "DROP",
          "ALTER",
          "CREATE",
          "RENAME",
          "GRANT",
          "REVOKE",
          "EXEC",
          "EXECUTE",
          "CALL",
          "COMMIT",
          "COPY",
          "LOAD",
          "KILL",
          "SHUTDOWN",
          "BACKUP",
          "RESTORE",
          "DBCC",
          "BULK",
          "VACUUM",
          "ATTACH");

  private static final Set<String> LOCKS =
      Set.of(
          "INTO",
          "LOCK",
          "UPDLOCK",
          "XLOCK",
          "TABLOCKX",
          "HOLDLOCK",
          "NEXTVAL",
          "SETVAL",
          "ANALYZE",
          "ANALYSE");

  private static final Set<String> DDL =
      Set.of("CREATE", "ALTER", "DROP", "TRUNCATE", "RENAME", "COMMENT", "GRANT", "REVOKE");

  private static final Set<String> BLOCKS =
      Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "EXEC", "EXECUTE", "BEGIN", "DECLARE", "IF");

  /** Before these, {@code commit} is a name and not the T-SQL statement. */
  private static final Set<String> NAMING =
      Set.of(
          "ON", "FROM", "JOIN", "INTO", "UPDATE", "TABLE", "AS", "BY", "SET", "WHERE", "AND", "OR",
          ".", ",", "=", "(", "<", ">", "+", "-", "*", "/");

  private static final Set<String> ROLLBACK_WORDS =
      Set.of(
          "WORK",
          "TRAN",
          "TRANSACTION",
          "TO",
          "SAVEPOINT",
          "AND",
          "NO",
          "CHAIN",
          "RELEASE",
          "PREPARED",
          "FORCE");

  private SqlText() {}

  /** Without comments, blanks collapsed, without a last semicolon. */
  public static String normalise(String sql) {
    return SqlWords.of(sql).text;
  }

  /**
   * The shape of a statement for reports: each string, number and comment replaced, and what
   * follows a character that databases read differently cut off. Shows no value, whatever the
   * dialect and however broken the text; passwords written as bare words are cut too.
   *
   * @param max the longest shape, in characters
   */
  public static String withoutLiterals(String sql, int max) {
    return SqlShape.of(sql, max);
  }

  /**
   * Whether it ends a transaction for good: COMMIT, END, RELEASE, PREPARE TRANSACTION, XA PREPARE,
   * XA COMMIT ... ONE PHASE, SET AUTOCOMMIT = 1. Not COMMIT PREPARED, COMMIT FORCE or XA COMMIT: a
   * second phase must never be refused.
   */
  public static boolean isCommit(String sql) {
    if (!mayCommit(sql)) {
      return false;
    }
    for (List<String> words : SqlWords.of(sql).statements) {
      if (isCommit(words)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it does nothing but undo: ROLLBACK in all its forms, ABORT, XA ROLLBACK. */
  public static boolean isRollback(String sql) {
    SqlWords all = SqlWords.of(sql);
    if (!all.isPlain()) {
      return false;
    }
    List<String> words = all.statements.get(0);
    int from = words.get(0).equals("XA") ? 1 : 0;
    String verb = word(words, from);
    if (from == 1) {
      return verb.equals("ROLLBACK") && onlyStrings(words, 2);
    }
    if (!verb.equals("ROLLBACK") && !verb.equals("ABORT")) {
      return false;
    }
    boolean named = false;
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (!ROLLBACK_WORDS.contains(word)) {
        boolean name =
            Set.of("TO", "SAVEPOINT", "TRAN", "TRANSACTION", "PREPARED", "FORCE", "WORK")
                .contains(words.get(i - 1));
        if (named || !name || WRITES.contains(word)) {
          return false;
        }
        named = true;
      }
    }
    return true;
  }

  /** Whether it is the second phase of a commit, which is never refused once the first is done. */
  public static boolean isSecondPhase(String sql) {
    SqlWords all = SqlWords.of(sql);
    if (!all.isPlain()) {
      return false;
    }
    List<String> words = all.statements.get(0);
    return switch (words.get(0)) {
      case "COMMIT" ->
          words.size() == 3
              && (word(words, 1).equals("PREPARED") || word(words, 1).equals("FORCE"));
      case "XA" -> word(words, 1).equals("COMMIT") && onlyStrings(words, 2);
      default -> false;
    };
  }

  /** Whether it only reads, takes no locks for writing and is one statement. */
  public static boolean isRead(String sql) {
    SqlWords all = SqlWords.of(sql);
    if (!all.isPlain()) {
      return false;
    }
    List<String> words = all.statements.get(0);
    int from = 0;
    while (word(words, from).equals("(")) {
      from++;
    }
    if (!READS.contains(word(words, from))) {
      return false;
    }
    for (int i = from; i < words.size(); i++) {
      if (LOCKS.contains(words.get(i)) || isWrite(words, i) || isForUpdate(words, i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether it changes the schema or rights, which MySQL and Oracle commit on their own. */
  public static boolean isDdl(String sql) {
    for (List<String> words : SqlWords.of(sql).statements) {
      if (DDL.contains(words.get(0))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the word begins a change, and is not a function of that name. */
  public static boolean isWrite(List<String> words, int i) {
    String word = words.get(i);
    boolean function = word.equals("REPLACE") || word.equals("INSERT");
    return WRITES.contains(word) && !(function && word(words, i + 1).equals("("));
  }

  private static boolean isForUpdate(List<String> words, int i) {
    return words.get(i).equals("FOR")
        && Set.of("UPDATE", "SHARE", "NO", "KEY").contains(word(words, i + 1));
  }

  private static boolean isCommit(List<String> words) {
    String next = word(words, 1);
    switch (words.get(0)) {
      case "COMMIT":
        return !next.equals("PREPARED") && !next.equals("FORCE");
      case "END":
        return words.size() == 1 || Set.of("WORK", "TRAN", "TRANSACTION", "AND").contains(next);
      case "RELEASE":
        return true;
      case "PREPARE":
        return next.equals("TRANSACTION") || next.equals("COMMIT");
      case "XA":
        return next.equals("PREPARE") || next.equals("COMMIT") && words.contains("PHASE");
      case "SET":
        return isAutocommit(words);
      default:
        return endsInCommit(words);
    }
  }

  private static boolean isAutocommit(List<String> words) {
    for (int i = 1; i < words.size(); i++) {
      if (words.get(i).equals("AUTOCOMMIT") || words.get(i).endsWith("@AUTOCOMMIT")) {
        String value = word(words, i + 1);
        value = value.equals("=") || value.equals("TO") ? word(words, i + 2) : value;
        value = value.equals(":") ? word(words, i + 3) : value;
        return !Set.of("0", "OFF", "FALSE").contains(value);
      }
    }
    return false;
  }

  /** T-SQL needs no semicolon: {@code UPDATE runs SET x = 1 COMMIT TRAN}. */
  private static boolean endsInCommit(List<String> words) {
    for (int i = 1; i < words.size(); i++) {
      if (words.get(i).equals("COMMIT") && !NAMING.contains(words.get(i - 1))) {
        String next = word(words, i + 1);
        boolean last = next.isEmpty() && BLOCKS.contains(words.get(0));
        if (last || next.equals("TRAN") || next.equals("TRANSACTION")) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean onlyStrings(List<String> words, int from) {
    for (int i = from; i < words.size(); i++) {
      if (!words.get(i).equals("'") && !words.get(i).equals(",")) {
        return false;
      }
    }
    return true;
  }

  private static String word(List<String> words, int i) {
    return i < words.size() ? words.get(i) : "";
  }

  /** Spares nearly every statement its reading: this is asked before each execution. */
  private static boolean mayCommit(String sql) {
    if (sql.indexOf(';') >= 0) {
      return true;
    }
    int start = 0;
    while (start < sql.length() && sql.charAt(start) <= ' ') {
      start++;
    }
    char first = start < sql.length() ? sql.charAt(start) : ' ';
    if ("EeRrPpXxSs/-#".indexOf(first) >= 0 && !sql.regionMatches(true, start, "SELECT", 0, 6)) {
      return true;
    }
    for (int i = start; i <= sql.length() - 6; i++) {
      if ((sql.charAt(i) | 32) == 'c' && sql.regionMatches(true, i, "commit", 0, 6)) {
        return true;
      }
    }
    return false;
  }
}
