package io.belay.agent.sql;

import java.util.Set;

/**
 * An SQL text without its values. Where databases disagree on where a value ends, the text is cut
 * instead of guessed: showing less is harmless, showing a value is not.
 *
 * <p>The readings held against each other: backslash escapes or none; {@code "} for names or
 * (MySQL) for strings; {@code #} and {@code --x} as comments or operators; nested comments or none;
 * {@code []} as names or array bounds; Oracle's {@code q'[...]'} and PostgreSQL's {@code $tag$}.
 */
final class SqlShape {
  private static final String CUT = "...";

  /** Words that a table's name follows. */
  private static final Set<String> TABLE_NEXT =
      Set.of("FROM", "INTO", "JOIN", "TABLE", "UPDATE", "EXISTS");

  private final String sql;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int depth;

  /** The last word or mark written, in upper case: tells where a quoted text can only be a name. */
  private String last = "";

  private SqlShape(String sql) {
    this.sql = sql;
  }

  static String of(String sql, int max) {
    SqlShape shape = new SqlShape(sql);
    while (shape.at < sql.length() && shape.out.length() <= max) {
      shape.token(sql.charAt(shape.at));
    }
    String text = shape.out.toString().strip();
    return text.length() <= max ? text : text.substring(0, max - CUT.length()) + CUT;
  }

  private void token(char c) {
    if (c <= ' ' || Character.isISOControl(c)) {
      blank();
      at++;
    } else if (c == '-' && sql.startsWith("--", at)) {
      lineComment(at + 2 < sql.length() && sql.charAt(at + 2) > ' ');
    } else if (c == '#') {
      hash();
    } else if (c == '/' && sql.startsWith("/*", at)) {
      comment();
    } else if (c == '\'') {
      string();
    } else if (c == '"') {
      doubleQuoted();
    } else if (c == '`' || c == '[') {
      bracketed(c == '`' ? '`' : ']');
    } else if (c == '$' && dollar()) {
      return;
    } else if (isDigit(c) || c == '.' && at + 1 < sql.length() && isDigit(sql.charAt(at + 1))) {
      number();
    } else if (SqlWords.isWord(c)) {
      word();
    } else if (c == '\\' || c == '*' && sql.startsWith("*/", at)) {
      cut();
    } else {
      depth = c == '(' ? depth + 1 : c == ')' ? Math.max(0, depth - 1) : depth;
      out.append(c);
      last = String.valueOf(c);
      at++;
    }
  }

  private void string() {
    int end = SqlWords.stringEnd(sql, at, '\'', false);
    value();
    if (end < 0) {
      at = sql.length();
    } else if (end != SqlWords.stringEnd(sql, at, '\'', true)) {
      cut();
    } else {
      at = end;
    }
  }

  /** A name in standard SQL, a string in MySQL: kept only where no string can stand. */
  private void doubleQuoted() {
    int end = SqlWords.stringEnd(sql, at, '"', false);
    if (end < 0 || end != SqlWords.stringEnd(sql, at, '"', true)) {
      value();
      cut();
      return;
    }
    boolean table = last.equals("FROM") && depth == 0 || last.equals("UPDATE") && depth == 0;
    if (table || last.equals("INTO") || last.equals("JOIN") || last.equals("TABLE")) {
      out.append(sql, at, end);
      last = "\"";
    } else if (last.equals(".") && SqlWords.isInnocent(sql, at + 1, end - 1)) {
      out.append(sql, at, end);
      last = "\"";
    } else {
      value();
    }
    at = end;
  }

  /** A name in backquotes or brackets; a quote in it would be the start of a string elsewhere. */
  private void bracketed(char close) {
    int end = sql.indexOf(close, at + 1);
    if (end < 0 || !SqlWords.isInnocent(sql, at + 1, end)) {
      cut();
    } else if (close == ']' && isIndex(at + 1, end)) {
      out.append("[?]");
      at = end + 1;
    } else if (close == ']' && !isName(at + 1, end)) {
      // An array's elements: read them like the rest.
      out.append('[');
      at++;
      last = "[";
    } else {
      out.append(sql, at, end + 1);
      at = end + 1;
      last = String.valueOf(close);
    }
  }

  private boolean isIndex(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isDigit(sql.charAt(i))) {
        return false;
      }
    }
    return to > from;
  }

  private boolean isName(int from, int to) {
    for (int i = from; i < to; i++) {
      char c = sql.charAt(i);
      if (!SqlWords.isWord(c) && c != ' ' || i == from && isDigit(c)) {
        return false;
      }
    }
    return to > from;
  }

  /** PostgreSQL's {@code $$...$$} and {@code $tag$...$tag$}, a parameter or an amount of money. */
  private boolean dollar() {
    int end = at + 1;
    while (end < sql.length() && SqlWords.isWord(sql.charAt(end)) && sql.charAt(end) != '$') {
      end++;
    }
    if (end < sql.length() && sql.charAt(end) == '$') {
      String tag = sql.substring(at, end + 1);
      int close = sql.indexOf(tag, end + 1);
      value();
      if (close < 0 || !SqlWords.isInnocent(sql, end + 1, close)) {
        cut();
      } else {
        at = close + tag.length();
      }
      return true;
    }
    if (at + 1 < sql.length() && isDigit(sql.charAt(at + 1))) {
      at++;
      number();
      return true;
    }
    return false;
  }

  private void number() {
    int end = at;
    while (end < sql.length() && (SqlWords.isWord(sql.charAt(end)) || sql.charAt(end) == '.')) {
      boolean exponent = (sql.charAt(end) | 32) == 'e' && end + 1 < sql.length();
      end += exponent && "+-".indexOf(sql.charAt(end + 1)) >= 0 ? 2 : 1;
    }
    value();
    if (sql.indexOf('$', at) >= 0 && sql.indexOf('$', at) < end) {
      cut(); // a number and a dollar quote, to some
    } else {
      at = Math.min(end, sql.length());
    }
  }

  private void word() {
    int end = at;
    while (end < sql.length() && SqlWords.isWord(sql.charAt(end))) {
      end++;
    }
    String written = sql.substring(at, end);
    String word = SqlWords.upperCase(written);
    char next = end < sql.length() ? sql.charAt(end) : ' ';
    if (next == '\'' && (word.equals("Q") || word.equals("NQ"))) {
      oracle(end);
      return;
    }
    if (next == '&' && word.equals("U") && (follows(end, "&'") || follows(end, "&\""))) {
      at = end + 1; // U&'...': the prefix goes with the string
      return;
    }
    if (next == '\'' && word.equals("E")) {
      escaped(end);
      return;
    }
    if (next == '\'' && (word.length() == 1 || word.charAt(0) == '_')) {
      at = end; // N'...', X'...', _utf8'...': likewise
      return;
    }
    out.append(written);
    at = end;
    last = word;
    boolean secret = word.equals("IDENTIFIED") || word.equals("PASSWORD");
    if (secret) {
      // Oracle and MySQL take a password as a bare word.
      out.append(' ');
      cut();
    }
  }

  /** PostgreSQL's {@code E'...'} has escapes by definition; elsewhere it is a name and a string. */
  private void escaped(int quote) {
    int end = SqlWords.stringEnd(sql, quote, '\'', true);
    boolean alike = end == SqlWords.stringEnd(sql, quote, '\'', false);
    value();
    at = end < 0 ? sql.length() : end;
    if (!alike) {
      cut();
    }
  }

  /** Oracle's {@code q'[it's]'}. */
  private void oracle(int quote) {
    int open = quote + 1 < sql.length() ? "[{(<".indexOf(sql.charAt(quote + 1)) : -1;
    char close =
        open >= 0 ? "]})>".charAt(open) : quote + 1 < sql.length() ? sql.charAt(quote + 1) : ' ';
    int end = sql.indexOf(close + "'", quote + 2);
    value();
    if (end >= 0
        && end + 2 == SqlWords.stringEnd(sql, quote, '\'', false)
        && end + 2 == SqlWords.stringEnd(sql, quote, '\'', true)) {
      at = end + 2;
    } else {
      cut();
    }
  }

  private void lineComment(boolean glued) {
    int end = lineEnd();
    blank();
    if (glued && !SqlWords.isInnocent(sql, at + 2, end)) {
      cut();
    } else {
      at = end;
    }
  }

  /** MySQL's comment, a temporary table of T-SQL or an operator of PostgreSQL. */
  private void hash() {
    boolean table = TABLE_NEXT.contains(last);
    int end = at;
    while (end < sql.length() && (sql.charAt(end) == '#' || SqlWords.isWord(sql.charAt(end)))) {
      end++;
    }
    if (table && end > at + 1 && depth == 0 && sql.charAt(end - 1) != '#') {
      out.append(sql, at, end);
      last = "#";
      at = end;
    } else if (!SqlWords.isInnocent(sql, at + 1, lineEnd()) || lineEnd() == sql.length()) {
      cut();
    } else {
      blank();
      at = lineEnd();
    }
  }

  private void comment() {
    int end = sql.indexOf("*/", at + 2);
    int inner = sql.indexOf("/*", at + 2);
    boolean nested = inner >= 0 && inner < end;
    boolean executed = at + 2 < sql.length() && "!M".indexOf(sql.charAt(at + 2)) >= 0;
    blank();
    if (end < 0 || nested || executed && !SqlWords.isInnocent(sql, at + 3, end)) {
      cut();
    } else {
      at = end + 2;
    }
  }

  private void value() {
    out.append('?');
    last = "?";
  }

  private void cut() {
    out.append(CUT);
    at = sql.length();
  }

  private void blank() {
    if (out.length() > 0 && out.charAt(out.length() - 1) != ' ') {
      out.append(' ');
    }
  }

  private boolean follows(int from, String text) {
    return sql.startsWith(text, from);
  }

  private int lineEnd() {
    int end = at;
    while (end < sql.length() && sql.charAt(end) != '\n' && sql.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
