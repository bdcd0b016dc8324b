package io.belay.agent.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "COMMIT",
        " commit ; ",
        "/* x */ Commit",
        "-- x\ncommit work",
        "# x\nCOMMIT",
        "COMMIT TRAN t",
        "COMMIT AND CHAIN",
        "END",
        "end transaction;",
        "RELEASE SAVEPOINT a",
        "PREPARE TRANSACTION 'x'",
        "XA PREPARE 'x'",
        "XA COMMIT 'x' ONE PHASE",
        "SET autocommit = 1",
        "SET autocommit=ON",
        "SET @@session.autocommit = 1",
        "SET AUTOCOMMIT TRUE",
        "INSERT INTO a VALUES (1); COMMIT",
        "UPDATE a SET b = 1 COMMIT",
        "BEGIN TRAN INSERT INTO a VALUES (1) COMMIT TRAN",
        "BEGIN INSERT INTO a VALUES (1); COMMIT; END;",
        "/*! COMMIT */",
        "/*!50000 COMMIT */",
        "SET a = 1, autocommit = 1",
        "EXEC p COMMIT TRANSACTION"
      })
  void aCommitIsRecognisedHoweverItIsWritten(String sql) {
    assertTrue(SqlText.isCommit(sql), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ROLLBACK",
        "COMMIT PREPARED 'x'",
        "XA COMMIT 'x'",
        "COMMIT FORCE 'x'",
        "SELECT commit FROM log",
        "SELECT a FROM commit",
        "SELECT 'COMMIT'",
        "-- COMMIT",
        "SELECT 1 /* COMMIT */",
        "INSERT INTO a VALUES ('; COMMIT')",
        "SET autocommit = 0",
        "SET AUTOCOMMIT OFF",
        "CREATE TABLE a (b INT) ON COMMIT DELETE ROWS",
        "END IF",
        "UPDATE a SET x = commit",
        "SELECT * FROM endings",
        "COMMITS",
        "PREPARE p FROM 'x'",
        "INSERT INTO commit VALUES (1)",
        "SAVEPOINT commit"
      })
  void whatOnlyLooksLikeACommitIsNone(String sql) {
    assertFalse(SqlText.isCommit(sql), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ROLLBACK",
        "rollback;",
        "ROLLBACK WORK",
        "ROLLBACK TRAN t",
        "ROLLBACK TRANSACTION",
        "ROLLBACK TO SAVEPOINT a",
        "ROLLBACK TO a",
        "ROLLBACK AND NO CHAIN RELEASE",
        "ABORT",
        "ROLLBACK PREPARED 'x'",
        "XA ROLLBACK 'x'",
        "-- x\n/* y */ ROLLBACK"
      })
  void aRollbackIsRecognised(String sql) {
    assertTrue(SqlText.isRollback(sql), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ROLLBACK; DELETE FROM y",
        "ROLLBACK DELETE FROM y",
        "ROLLBACK TRAN DELETE FROM y",
        "ROLLBACK /*! ; DELETE FROM y */",
        "ROLLBACK TO a b",
        "ROLLBACK # '\n; DELETE FROM y -- '",
        "ABORT x y",
        "XA ROLLBACK 'x' ; DELETE FROM y",
        "SELECT 1",
        "ROLLBACKS",
        "ROLLBACK TRAN EXEC",
        "ROLLBACK TRAN t EXEC p"
      })
  void nothingElseHidesBehindARollback(String sql) {
    assertFalse(SqlText.isRollback(sql), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "(select a from b) union (select 2)",
        "WITH x AS (SELECT 1) SELECT * FROM x",
        "VALUES (1)",
        "SELECT REPLACE(a, 'x', 'y') FROM b",
        "SELECT 'DELETE' FROM b",
        "EXPLAIN SELECT 1",
        "SHOW TABLES;",
        "SELECT \"update\" FROM b",
        "SELECT a FROM b FOR JSON AUTO"
      })
  void aReadIsRecognised(String sql) {
    assertTrue(SqlText.isRead(sql), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SELECT 1 FOR UPDATE",
        "SELECT 1 FOR NO KEY UPDATE",
        "SELECT 1 FOR SHARE",
        "SELECT 1 LOCK IN SHARE MODE",
        "SELECT a INTO b FROM c",
        "SELECT a FROM b INTO OUTFILE 'c'",
        "WITH d AS (DELETE FROM y RETURNING *) SELECT * FROM d",
        "WITH x AS (SELECT 1) INSERT INTO y SELECT * FROM x",
        "SELECT 1; DELETE FROM y",
        "SELECT 1 DELETE FROM y",
        "EXPLAIN ANALYZE DELETE FROM y",
        "EXPLAIN ANALYZE SELECT 1",
        "SELECT nextval('s')",
        "SELECT '\\' DELETE FROM y --'",
        "SELECT 1 /*! INTO OUTFILE 'x' */",
        "SELECT a AS [it's] DELETE FROM y --'",
        "SELECT * FROM a WITH (UPDLOCK)",
        "CALL p()",
        "UPDATE a SET b = 1",
        "SELECT 1 # '\n INTO OUTFILE '/x' -- '",
        "SELECT $$ INTO x $$ FROM y"
      })
  void whatWritesOrLocksOrIsUnclearIsNoRead(String sql) {
    assertFalse(SqlText.isRead(sql), sql);
  }

  @Test
  void ddlIsRecognisedAmongSeveralStatements() {
    assertTrue(SqlText.isDdl("create table a (b int)"));
    assertTrue(SqlText.isDdl("SELECT 1; TRUNCATE a"));
    assertTrue(SqlText.isDdl("/*! DROP TABLE a */"));
    assertFalse(SqlText.isDdl("INSERT INTO created VALUES ('DROP')"));
    assertFalse(SqlText.isDdl(""));
  }

  @Test
  void normalisingTakesCommentsBlanksAndTheLastSemicolon() {
    assertEquals(
        "SELECT a, 'b  c' FROM (x)",
        SqlText.normalise("/* 1 */ SELECT  a , 'b  c'\n-- 2\nFROM ( x ) ; "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "SELECT * FROM users WHERE name = 'bob' AND age > 42~SELECT * FROM users WHERE name = ? AND age > ?",
        "UPDATE t1 SET a2=0x1F, b=-1.5e+10, c=.5~UPDATE t1 SET a2=?, b=-?, c=?",
        "SELECT 'it''s', '', 'x'~SELECT ?, ?, ?",
        "SELECT 'C:\\', 'secret'~SELECT ?...",
        "SELECT 'it\\'s secret'~SELECT ?...",
        "SELECT 'a\\\\b', 5~SELECT ?, ?",
        "SELECT E'it\\'s secret'~SELECT ?...",
        "SELECT N'a', X'ff', _utf8'b', U&'c'~SELECT ?, ?, ?, ?",
        "SELECT q'[its]', 1~SELECT ?, ?",
        "SELECT q'[it's secret]' FROM a~SELECT ?...",
        "SELECT $$secret$$, $a$ secret $a$, $1~SELECT ?, ?, ?",
        "SELECT $$it's secret$$ secret~SELECT ?...",
        "SELECT $12.50~SELECT ?",
        "INSERT INTO \"Users\" VALUES (\"secret\")~INSERT INTO \"Users\" VALUES (?)",
        "SELECT TRIM(FROM \"secret\")~SELECT TRIM(FROM ?)",
        "SELECT `a b`, [c d] FROM x.\"y\"~SELECT `a b`, [c d] FROM x.\"y\"",
        "SELECT [it's] = 'secret'~SELECT ...",
        "SELECT a[1], ARRAY[2,'x']~SELECT a[?], ARRAY...",
        "SELECT 1 -- secret~SELECT ?",
        "SELECT 1 /* secret */ FROM a~SELECT ? FROM a",
        "SELECT 1 /* a /* secret */ secret */~SELECT ? ...",
        "SELECT 1 --'secret~SELECT ? ...",
        "SELECT 1 # it's secret~SELECT ? ...",
        "SELECT * FROM #tmp WHERE a = 1~SELECT * FROM #tmp WHERE a = ?",
        "SELECT 'cut sec~SELECT ?",
        "SELECT /* cut sec~SELECT ...",
        "ALTER USER a IDENTIFIED BY secret~ALTER USER a IDENTIFIED ...",
        "CREATE USER a PASSWORD secret~CREATE USER a PASSWORD ...",
        "SELECT :name, @v, ? FROM a~SELECT :name, @v, ? FROM a",
        "SELECT 12ab34secret~SELECT ?",
      })
  void aShapeShowsNoValue(String sql, String shape) {
    assertEquals(shape, SqlText.withoutLiterals(sql, 500));
    assertFalse(SqlText.withoutLiterals(sql, 500).contains("secret"), sql);
  }

  @Test
  void aShapeIsBoundedAndOneLine() {
    String shape = SqlText.withoutLiterals("SELECT\r\n\ta\u0000b" + ", c".repeat(10_000), 500);
    assertTrue(shape.startsWith("SELECT a b, c"), shape);
    assertEquals(500, shape.length());
    assertEquals("", SqlText.withoutLiterals("", 500));
  }

  /** Afterwards a statement of its own is none: what it changes is open until a commit. */
  @Test
  void leavesAutoCommit() {
    for (String off : List.of("SET autocommit=0", "set @@session.autocommit = OFF")) {
      assertTrue(SqlGlance.leavesAutoCommit(off), off);
    }
    assertTrue(SqlGlance.leavesAutoCommit("SET IMPLICIT_TRANSACTIONS ON"));
    for (String not : List.of("SET autocommit=1", "SET NAMES utf8", "select autocommit from t")) {
      assertFalse(SqlGlance.leavesAutoCommit(not), not);
    }
    assertTrue(SqlGlance.setsAutoCommit("SET AUTOCOMMIT = 1"));
  }
}
