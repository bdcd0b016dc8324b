package io.belay.agent.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of an SQL text, read as the standard has it. Where databases would read the same
 * characters differently (a backslash before a quote, MySQL's {@code #} and executable comments,
 * nested comments, dollar and Oracle quotes), the text is {@link #unclear}, and whoever decides
 * whether it may pass must say no.
 */
public final class SqlWords {
  /** Statements as tokens: words in upper case, {@code '} for a string, {@code "} for a name. */
  public final List<List<String>> statements = new ArrayList<>();

  /** The text with blanks collapsed and comments gone. */
  public final String text;

  boolean unclear;

  /** Whether a semicolon stands anywhere but at the end, be it in a string. */
  boolean several;

  private final String sql;
  private final boolean upper;
  private final StringBuilder out = new StringBuilder();
  private List<String> current = new ArrayList<>();
  private int at;

  private SqlWords(String sql, boolean upper) {
    this.sql = sql;
    this.upper = upper;
    int last = sql.stripTrailing().length() - 1;
    int semicolon = sql.indexOf(';');
    several = semicolon >= 0 && semicolon < last;
    while (at < sql.length()) {
      token(sql.charAt(at));
    }
    end();
    int length = out.length();
    while (length > 0 && (out.charAt(length - 1) == ' ' || out.charAt(length - 1) == ';')) {
      length--;
    }
    text = out.substring(0, length);
  }

  static SqlWords of(String sql) {
    return new SqlWords(sql, false);
  }

  /** The same with {@link #text} in upper case outside of quotes, for comparing. */
  public static SqlWords upper(String sql) {
    return new SqlWords(sql, true);
  }

  /** Whether it is one statement that every database reads alike. */
  public boolean isPlain() {
    return !unclear && !several && statements.size() == 1;
  }

  private void token(char c) {
    if (c <= ' ') {
      blank();
      at++;
    } else if (c == '-' && follows("--")) {
      blank();
      // For MySQL it is a comment only before a blank.
      unclear |= at + 2 < sql.length() && sql.charAt(at + 2) > ' ';
      at = lineEnd(at);
    } else if (c == '#' && current.isEmpty()) {
      // MySQL's comment: nothing else begins a statement with it.
      int end = lineEnd(at);
      unclear |= !isInnocent(sql, at + 1, end);
      at = end;
    } else if (c == '/' && follows("/*")) {
      comment();
    } else if (c == '*' && follows("*/")) {
      blank();
      unclear = true;
      at += 2;
    } else if (c == '\'' || c == '"' || c == '`') {
      quoted(c);
    } else if (c == ';') {
      add(";");
      end();
      at++;
    } else if (isWord(c)) {
      word();
    } else {
      unclear |= c == '#' || c == '[' && !isInnocent(sql, at + 1, closing(at));
      current.add(String.valueOf(c));
      add(String.valueOf(c));
      at++;
    }
  }

  private void comment() {
    blank();
    if (sql.startsWith("!", at + 2) || sql.startsWith("M!", at + 2)) {
      // MySQL and MariaDB execute it: what is in it counts as code.
      unclear = true;
      at = sql.indexOf('!', at) + 1;
      while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
        at++;
      }
      return;
    }
    int end = sql.indexOf("*/", at + 2);
    int inner = sql.indexOf("/*", at + 2);
    unclear |= end < 0 || inner >= 0 && inner < end;
    at = end < 0 ? sql.length() : end + 2;
  }

  private void quoted(char quote) {
    int end = stringEnd(sql, at, quote, false);
    unclear |= end < 0 || end != stringEnd(sql, at, quote, true);
    end = end < 0 ? sql.length() : end;
    if (quote == '`') {
      // Only MySQL knows these quotes: elsewhere what is in them is code.
      String name = sql.substring(Math.min(at + 1, end), Math.max(at + 1, end - 1));
      for (int i = 0; i < name.length(); i++) {
        unclear |= !isWord(name.charAt(i)) || name.charAt(i) == '$';
      }
      current.add(upperCase(name));
    } else {
      current.add(quote == '\'' ? "'" : "\"");
    }
    separate(quote);
    out.append(sql, at, end);
    at = end;
  }

  private void word() {
    int end = at;
    while (end < sql.length() && isWord(sql.charAt(end))) {
      end++;
    }
    String written = sql.substring(at, end);
    String word = upperCase(written);
    boolean quote = end < sql.length() && sql.charAt(end) == '\'';
    // Two dollars quote in PostgreSQL, q'[ does in Oracle.
    unclear |= written.indexOf('$') != written.lastIndexOf('$') || quote && word.endsWith("Q");
    current.add(word);
    separate(written.charAt(0));
    out.append(upper ? word : written);
    at = end;
  }

  private void end() {
    if (!current.isEmpty()) {
      statements.add(current);
      current = new ArrayList<>();
    }
  }

  private void blank() {
    if (out.length() > 0 && out.charAt(out.length() - 1) != ' ') {
      out.append(' ');
    }
  }

  /** Appends punctuation; a blank before a comma or around brackets has no meaning. */
  private void add(String mark) {
    char c = mark.charAt(0);
    int last = out.length() - 1;
    if (last >= 0 && out.charAt(last) == ' ' && (c == ',' || c == ')' || c == ';')) {
      out.setLength(last);
    }
    separate(c);
    out.append(c);
  }

  private void separate(char next) {
    int last = out.length() - 1;
    if (last > 0 && out.charAt(last) == ' ' && out.charAt(last - 1) == '(' && next != ' ') {
      out.setLength(last);
    }
  }

  private boolean follows(String text) {
    return sql.startsWith(text, at);
  }

  private int lineEnd(int from) {
    int end = from;
    while (end < sql.length() && sql.charAt(end) != '\n' && sql.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private int closing(int from) {
    int end = sql.indexOf(']', from);
    return end < 0 ? sql.length() : end;
  }

  /** Whether a stretch of text holds nothing that begins or ends a string, name or comment. */
  static boolean isInnocent(String sql, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = sql.charAt(i);
      boolean comment = c == '-' && sql.startsWith("--", i) || c == '/' && sql.startsWith("/*", i);
      if (comment || "'\"`\\$#[".indexOf(c) >= 0 || c == '*' && sql.startsWith("*/", i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Index after the quote that ends a string, -1 when it is open. A doubled quote is one of the
   * string's characters; with escapes, so is one after a backslash.
   */
  static int stringEnd(String sql, int start, char quote, boolean escapes) {
    for (int i = start + 1; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (escapes && c == '\\') {
        i++;
      } else if (c == quote) {
        if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
          i++;
        } else {
          return i + 1;
        }
      }
    }
    return -1;
  }

  static boolean isWord(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '_'
        || c == '$'
        || c == '@'
        || c >= 0x80;
  }

  /** ASCII alone: elsewhere upper case would turn one name into another. */
  static String upperCase(String text) {
    StringBuilder out = new StringBuilder(text);
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      if (c >= 'a' && c <= 'z') {
        out.setCharAt(i, (char) (c - 32));
      }
    }
    return out.toString();
  }
}
