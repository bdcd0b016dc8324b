package io.belay.agent.run;

/**
 * What the first word of a statement tells, without reading the rest: for every execution, so a
 * handful of instructions. {@link SqlText} is exact; this errs towards "it changes something".
 */
final class SqlGlance {
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
    "LOCK"
  };
  private static final String[] BEGINS = {"BEGIN", "START"};
  private static final String[] RETURNING = {"RETURNING", "OUTPUT", "FINAL TABLE", "NEW TABLE"};

  private SqlGlance() {}

  /** Whether it begins like a statement that only reads. */
  static boolean reads(String sql) {
    return isOneOf(sql, READS);
  }

  /** Whether some database commits what is open before it does this. */
  static boolean mayCommitBefore(String sql) {
    return isOneOf(sql, COMMIT_BEFORE);
  }

  /** Whether it begins a transaction that the connection knows nothing of. */
  static boolean begins(String sql) {
    return isOneOf(sql, BEGINS);
  }

  /** Whether it takes all of the transaction back, not the part after a savepoint. */
  static boolean undoesAll(String sql) {
    return isOneOf(sql, new String[] {"ROLLBACK", "ABORT"})
        && SqlText.isRollback(sql)
        && !contains(sql, " TO ");
  }

  /** Whether a change is asked for the rows that it changed. */
  static boolean mayReturnRows(String sql) {
    for (String word : RETURNING) {
      if (contains(sql, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOneOf(String sql, String[] words) {
    int start = 0;
    while (start < sql.length() && (sql.charAt(start) <= ' ' || sql.charAt(start) == '(')) {
      start++;
    }
    for (String word : words) {
      if (sql.regionMatches(true, start, word, 0, word.length())) {
        return true;
      }
    }
    return false;
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
