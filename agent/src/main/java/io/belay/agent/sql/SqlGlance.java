package io.belay.agent.sql;

/**
 * What the first word of a statement tells, without reading the rest: for every execution, so a
 * handful of instructions. {@link SqlText} is exact; this errs towards "it changes something".
 */
public final class SqlGlance {
  private static final String[] READS = {"SELECT", "SHOW", "VALUES", "EXPLAIN", "DESC", "TABLE"};
  private static final String[] COMMIT_BEFORE = {
    "BEGIN",
    "START",
    "CREATE",
    "ALTER",
    "DROP",
    "TRUNCATE",
    "RENAME",
    "GRANT",
    "REVOKE",
    "COMMENT",
    "LOCK",
    "UNLOCK",
    "ANALYZE",
    "OPTIMIZE",
    "REPAIR",
    "CACHE",
    "LOAD INDEX",
    "FLUSH",
    "RESET",
    "INSTALL",
    "UNINSTALL",
    "CHANGE",
    "STOP",
    "SET PASSWORD"
  };
  private static final String[] CALLS = {"CALL", "EXEC", "DO", "{"};
  private static final String[] BEGINS = {"BEGIN", "START"};
  private static final String[] SETS = {"SET"};
  private static final String[] RETURNING = {"RETURNING", "OUTPUT", "FINAL TABLE", "NEW TABLE"};

  private SqlGlance() {}

  /** Whether it begins like a statement that only reads. */
  public static boolean reads(String sql) {
    return isOneOf(sql, READS);
  }

  /** Whether some database commits what is open before it does this. */
  public static boolean mayCommitBefore(String sql) {
    return isOneOf(sql, COMMIT_BEFORE);
  }

  /** Whether it begins a transaction that the connection knows nothing of. */
  public static boolean begins(String sql) {
    return isOneOf(sql, BEGINS);
  }

  /** Whether it leads to statements that it does not show, which may commit in between. */
  public static boolean calls(String sql) {
    return isOneOf(sql, CALLS);
  }

  /** Whether it takes all of the transaction back, not the part after a savepoint. */
  public static boolean undoesAll(String sql) {
    return isOneOf(sql, new String[] {"ROLLBACK", "ABORT"})
        && SqlText.isRollback(sql)
        && !contains(sql, " TO ");
  }

  /** Whether transactions begin by themselves from then on. */
  public static boolean leavesAutoCommit(String sql) {
    return setsAutoCommit(sql) && !SqlText.isCommit(sql);
  }

  /** Whether it says that transactions are to begin by themselves, or that they are not. */
  public static boolean setsAutoCommit(String sql) {
    return isOneOf(sql, SETS)
        && (contains(sql, "AUTOCOMMIT") || contains(sql, "IMPLICIT_TRANSACTIONS ON"));
  }

  /** Whether a change is asked for the rows that it changed. */
  public static boolean mayReturnRows(String sql) {
    for (String word : RETURNING) {
      if (contains(sql, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOneOf(String sql, String[] words) {
    int start = firstWord(sql);
    int first = start < sql.length() ? sql.charAt(start) | 32 : 0;
    for (String word : words) {
      if (first == (word.charAt(0) | 32)
          && sql.regionMatches(true, start, word, 0, word.length())) {
        return true;
      }
    }
    return false;
  }

  /** Where it begins behind blanks, parentheses and comments; of those that MySQL executes, in. */
  private static int firstWord(String sql) {
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c <= ' ' || c == '(') {
        at++;
      } else if (c == '#' || sql.startsWith("--", at)) {
        at = after(sql, "\n", at);
      } else if (sql.startsWith("/*!", at) || sql.startsWith("/*M!", at)) {
        at = sql.indexOf('!', at) + 1;
        while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
          at++;
        }
      } else if (sql.startsWith("/*", at)) {
        at = after(sql, "*/", at + 2);
      } else {
        return at;
      }
    }
    return at;
  }

  private static int after(String sql, String end, int from) {
    int found = sql.indexOf(end, from);
    return found < 0 ? sql.length() : found + end.length();
  }

  private static boolean contains(String sql, String word) {
    for (int i = 0; i <= sql.length() - word.length(); i++) {
      if ((sql.charAt(i) | 32) == (word.charAt(0) | 32)
          && sql.regionMatches(true, i, word, 0, word.length())) {
        return true;
      }
    }
    return false;
  }
}
