package io.belay.agent.rule;

import org.jspecify.annotations.Nullable;

/**
 * Names methods of the application: {@code com.acme.ResearchAgent#run}, {@code
 * com.acme.jobs.*#execute}, {@code com.acme.**#answer(id=0)}.
 *
 * <p>{@code *} stands for any characters within one part of a class name (between two dots) or of a
 * method name; {@code **} stands alone between dots for any number of packages, also none, and at
 * the end for every class below. Nested classes carry their binary name, {@code Outer$Inner}.
 * Constructors and static initialisers never match. Immutable.
 */
public final class MethodPattern {
  private final String text;
  private final String[] parts;
  private final String method;
  private final int idArgument;

  private MethodPattern(String text, String className, String method, int idArgument) {
    this.text = text;
    this.parts = parts(className);
    this.method = method;
    this.idArgument = idArgument;
  }

  /**
   * Reads {@code class#method} or {@code class#method(id=N)}.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static MethodPattern parse(String text) {
    String pattern = text.strip();
    int hash = pattern.indexOf('#');
    if (hash < 0) {
      throw new IllegalArgumentException("it names no method: add #method or #*");
    }
    String className = pattern.substring(0, hash);
    String method = pattern.substring(hash + 1);
    int idArgument = -1;
    int bracket = method.indexOf('(');
    if (bracket >= 0) {
      idArgument = idArgument(method.substring(bracket));
      method = method.substring(0, bracket);
    }
    checkClass(className);
    checkMethod(method);
    return new MethodPattern(pattern, className, method, idArgument);
  }

  /**
   * Reads a class pattern without method: it matches all methods of the class.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static MethodPattern parseClass(String text) {
    String pattern = text.strip();
    if (pattern.indexOf('#') >= 0) {
      throw new IllegalArgumentException("it names a method where a class is expected");
    }
    checkClass(pattern);
    return new MethodPattern(pattern, pattern, "*", -1);
  }

  /** Whether it covers the class of that binary name, {@code com.acme.Outer$Inner}. */
  public boolean matchesClass(String binaryName) {
    return matches(0, binaryName, 0);
  }

  /** Whether it covers methods of that name in a class that matches. */
  public boolean matchesMethod(String name) {
    return !name.startsWith("<") && Glob.matches(method, name);
  }

  /** The argument that holds the run id, counted from 0; -1 when the id is generated. */
  public int idArgument() {
    return idArgument;
  }

  /** The one class it covers, for a look-up by hash; null when it has a wildcard. */
  public @Nullable String exactClass() {
    String prefix = classPrefix();
    int end = text.indexOf('#');
    return prefix.length() == (end < 0 ? text.length() : end) ? prefix : null;
  }

  /** What every class it covers begins with: all up to the first wildcard, perhaps nothing. */
  public String classPrefix() {
    int end = text.indexOf('#');
    int star = text.indexOf('*');
    end = end < 0 ? text.length() : end;
    if (star < 0 || star > end) {
      return text.substring(0, end);
    }
    return text.substring(0, star);
  }

  /** The pattern as the user wrote it. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }

  private boolean matches(int part, String name, int from) {
    if (part == parts.length) {
      return from > name.length();
    }
    if (from > name.length()) {
      return false;
    }
    if (parts[part].equals("**")) {
      if (part == parts.length - 1) {
        return true;
      }
      for (int next = from; next <= name.length(); next = end(name, next) + 1) {
        if (matches(part + 1, name, next)) {
          return true;
        }
      }
      return false;
    }
    int end = end(name, from);
    return Glob.matches(parts[part], name.substring(from, end)) && matches(part + 1, name, end + 1);
  }

  private static int end(String name, int from) {
    int dot = name.indexOf('.', from);
    return dot < 0 ? name.length() : dot;
  }

  private static String[] parts(String className) {
    int n = 1;
    for (int i = 0; i < className.length(); i++) {
      n += className.charAt(i) == '.' ? 1 : 0;
    }
    String[] parts = new String[n];
    int from = 0;
    for (int i = 0; i < n; i++) {
      int end = end(className, from);
      parts[i] = className.substring(from, end);
      from = end + 1;
    }
    return parts;
  }

  private static void checkClass(String className) {
    if (className.isEmpty()) {
      throw new IllegalArgumentException("it names no class");
    }
    for (String part : parts(className)) {
      if (part.isEmpty()) {
        throw new IllegalArgumentException("its class name has an empty part");
      }
      if (part.contains("**") && !part.equals("**")) {
        throw new IllegalArgumentException("** must stand alone between dots");
      }
      checkName(part, "class");
    }
  }

  private static void checkMethod(String method) {
    if (method.isEmpty()) {
      throw new IllegalArgumentException("it names no method after #");
    }
    if (method.contains("**")) {
      throw new IllegalArgumentException("** has no meaning in a method name: use *");
    }
    if (method.startsWith("<")) {
      throw new IllegalArgumentException("constructors and initialisers cannot be matched");
    }
    checkName(method, "method");
  }

  private static void checkName(String name, String what) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      // Kotlin and Scala compile names with a hyphen.
      if (c != '*' && c != '-' && !Character.isJavaIdentifierPart(c)) {
        throw new IllegalArgumentException("its " + what + " name has a '" + c + "'");
      }
    }
    char first = name.charAt(0);
    if (first >= '0' && first <= '9') {
      throw new IllegalArgumentException("its " + what + " name begins with a digit");
    }
  }

  private static int idArgument(String brackets) {
    int value = 0;
    int end = brackets.length() - 1;
    boolean legal = brackets.startsWith("(id=") && brackets.endsWith(")") && end > 4 && end <= 7;
    for (int i = 4; legal && i < end; i++) {
      char c = brackets.charAt(i);
      legal = c >= '0' && c <= '9';
      value = value * 10 + (c - '0');
    }
    if (!legal || value > 254) {
      throw new IllegalArgumentException(
          "after the method only (id=N) may follow, N being an argument counted from 0");
    }
    return value;
  }
}
