package io.belay.agent.rule;

import io.belay.agent.sql.SqlText;
import io.belay.agent.sql.SqlWords;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names calls that pass after a stop: {@code sql:UPDATE runs *}, {@code http:POST
 * https://audit.acme.com/*}, {@code tool:notify}. {@code *} stands for any characters; everything
 * else must be there, and nothing after it.
 *
 * <p>A rule covers no more than its reader expects:
 *
 * <ul>
 *   <li>{@code http} and {@code llm}: as {@link HttpPattern} says.
 *   <li>{@code sql}: comments and blanks do not count, nor does case outside of quotes. One
 *       statement only: none with a semicolon before its end, even in a string; none that databases
 *       read differently; none with a further INSERT, UPDATE, DELETE, EXEC... that the rule does
 *       not name, as T-SQL would run it. {@code sql:*} alone covers everything.
 * </ul>
 */
public final class AllowRule {
  private static final List<String> KINDS =
      List.of(
          "llm",
          "http",
          "sql",
          "commit",
          "tool",
          "message",
          "cache",
          "document",
          "mail",
          "process");

  private final String text;
  private final String kind;
  private final String glob;
  private final @Nullable HttpPattern http;
  private final List<String> words;

  private AllowRule(
      String text, String kind, String glob, @Nullable HttpPattern http, List<String> words) {
    this.text = text;
    this.kind = kind;
    this.glob = glob;
    this.http = http;
    this.words = words;
  }

  /**
   * Reads {@code kind:what}.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static AllowRule parse(String text) {
    String rule = text.strip();
    int colon = rule.indexOf(':');
    String kind = colon < 0 ? "" : rule.substring(0, colon);
    if (!KINDS.contains(kind)) {
      throw new IllegalArgumentException(
          "it begins with none of " + String.join(":, ", KINDS) + ":");
    }
    String what = rule.substring(colon + 1).strip();
    if (what.isEmpty()) {
      throw new IllegalArgumentException("it names no call after " + kind + ":");
    }
    if (kind.equals("http") || kind.equals("llm") && what.contains("://")) {
      return new AllowRule(rule, kind, what, HttpPattern.parse(what), List.of());
    }
    if (kind.equals("sql") && !what.equals("*")) {
      // A statement such as SELECT * /x: the star would begin or end a comment.
      SqlWords words = SqlWords.upper(what);
      if (!words.isPlain()) {
        throw new IllegalArgumentException("it is not one plain statement");
      }
      return new AllowRule(rule, kind, words.text, null, words.statements.get(0));
    }
    return new AllowRule(rule, kind, what, null, List.of());
  }

  /**
   * Whether the call passes.
   *
   * @param callKind the boundary's kind in lower case
   * @param call {@code POST https://host/path} for HTTP, the statement as sent for SQL, else the
   *     topic, tool or command name
   */
  public boolean matches(String callKind, String call) {
    if (!kind.equals(callKind)) {
      return false;
    }
    if (http != null) {
      int blank = call.indexOf(' ');
      return blank > 0 && http.matches(call.substring(0, blank), call.substring(blank + 1));
    }
    return kind.equals("sql") && !glob.equals("*") ? matchesSql(call) : Glob.matches(glob, call);
  }

  private boolean matchesSql(String sql) {
    SqlWords statement = SqlWords.upper(sql);
    return statement.isPlain()
        && Glob.matches(glob, statement.text)
        && hidesNoOther(statement.statements.get(0));
  }

  /**
   * Whether each verb after the first is in the rule too, or part of a clause such as ON UPDATE.
   */
  private boolean hidesNoOther(List<String> call) {
    for (int i = 1; i < call.size(); i++) {
      String before = call.get(i - 1);
      boolean clause =
          before.equals("FOR")
              || before.equals("DO")
              || before.equals("KEY")
              || before.equals("THEN")
              || before.equals("ON")
              || before.equals(".");
      if (!clause
          && SqlText.isWrite(call, i)
          && count(call, call.get(i)) > count(words, call.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static int count(List<String> words, String word) {
    int count = 0;
    for (String each : words) {
      count += each.equals(word) ? 1 : 0;
    }
    return count;
  }

  /** The rule as the user wrote it. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
