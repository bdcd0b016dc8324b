package io.belay.agent.log;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Belay's own log: one line a message on standard error, nothing else. Loads no class beyond the
 * JDK's core, so it works before {@code main}; never throws; safe for any thread.
 */
public final class Log {
  /** How much is written; each level includes those before it. */
  public enum Level {
    OFF,
    ERROR,
    WARN,
    INFO,
    DEBUG
  }

  private static volatile Level level = Level.INFO;

  private Log() {}

  /** Sets the level; {@code info} until then. */
  public static void level(Level newLevel) {
    level = newLevel;
  }

  /** Whether a message of that level would be written: ask before building a costly one. */
  public static boolean isOn(Level wanted) {
    return wanted != Level.OFF && wanted.compareTo(level) <= 0;
  }

  public static void debug(String message) {
    write(Level.DEBUG, message, null);
  }

  public static void info(String message) {
    write(Level.INFO, message, null);
  }

  public static void warn(String message) {
    write(Level.WARN, message, null);
  }

  public static void error(String message) {
    write(Level.ERROR, message, null);
  }

  /** An error with its cause; the stack trace follows on {@code debug}. */
  public static void error(String message, Throwable cause) {
    write(Level.ERROR, message, cause);
  }

  /** Why the JVM ends: written whatever the level. */
  public static void fatal(String message) {
    print(Level.ERROR, message, null);
  }

  static void write(Level wanted, String message, @Nullable Throwable cause) {
    if (isOn(wanted)) {
      print(wanted, message, cause);
    }
  }

  private static void print(Level wanted, String message, @Nullable Throwable cause) {
    try {
      StringBuilder line = new StringBuilder("[belay] ").append(wanted.name()).append(' ');
      append(line, message);
      if (cause != null) {
        append(line.append(": "), String.valueOf(cause));
      }
      PrintStream out = System.err;
      out.println(line);
      if (cause != null && isOn(Level.DEBUG)) {
        cause.printStackTrace(out);
      }
    } catch (Throwable ignored) {
      // A closed stream, a message that throws: the log is never worth the application's failure.
    }
  }

  /** One message is one line, whatever is in it. */
  private static void append(StringBuilder line, String message) {
    String text = String.valueOf(message);
    line.append(isPlain(text) ? text : OneLine.of(text));
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
