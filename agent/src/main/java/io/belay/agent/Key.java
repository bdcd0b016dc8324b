package io.belay.agent;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One setting that exists: its name without the {@code belay.} prefix, what values it takes, the
 * value it has when nobody sets it, and its meaning in one line. Immutable; all of them are in
 * {@link Keys}.
 *
 * @param <T> what {@link Settings#get} answers
 */
@SuppressWarnings("UnusedTypeParameter") // callers get their values by it
final class Key<T> {
  final String name;
  final Type type;

  /** The default as a user would write it; null when the key has none. */
  final @Nullable String fallback;

  final String meaning;

  /** The legal words of a choice, or of a list of names; empty for the other types. */
  final Object[] choices;

  private Key(String name, Type type, @Nullable String fallback, String meaning, Object[] choices) {
    this.name = name;
    this.type = type;
    this.fallback = fallback;
    this.meaning = meaning;
    this.choices = choices;
  }

  private static <T> Key<T> of(
      String name, Type type, @Nullable String fallback, String meaning, Object... choices) {
    return new Key<>(name, type, fallback, meaning, choices);
  }

  static Key<Boolean> flag(String name, String fallback, String meaning) {
    return of(name, Type.BOOLEAN, fallback, meaning);
  }

  static Key<Integer> integer(String name, Type type, @Nullable String fallback, String meaning) {
    return of(name, type, fallback, meaning);
  }

  /** A number of tokens or calls. */
  static Key<Long> amount(String name, Type type, @Nullable String fallback, String meaning) {
    return of(name, type, fallback, meaning);
  }

  /** An amount of money, in billionths of a US dollar. */
  static Key<Long> usd(String name, String meaning) {
    return of(name, Type.USD, null, meaning);
  }

  static Key<Duration> duration(String name, @Nullable String fallback, String meaning) {
    return of(name, Type.DURATION, fallback, meaning);
  }

  static Key<String> text(String name, Type type, @Nullable String fallback, String meaning) {
    return of(name, type, fallback, meaning);
  }

  /** One of the constants of an enum, written in lower case. */
  static <E extends Enum<E>> Key<E> choice(
      String name, E[] choices, String fallback, String meaning) {
    return of(name, Type.CHOICE, fallback, meaning, (Object[]) choices);
  }

  static <E> Key<List<E>> list(String name, Type type, String meaning, Object... choices) {
    return of(name, type, "", meaning, choices);
  }

  /** A value of one piece whose type is neither of the above. */
  static <E> Key<E> value(String name, Type type, @Nullable String fallback, String meaning) {
    return of(name, type, fallback, meaning);
  }

  /** The name with its prefix: {@code belay.budget.output-tokens}. */
  String property() {
    return "belay." + name;
  }

  /** The name as an environment variable: {@code BELAY_BUDGET_OUTPUT_TOKENS}. */
  String variable() {
    return variable(property());
  }

  static String variable(String property) {
    StringBuilder out = new StringBuilder(property.length());
    for (int i = 0; i < property.length(); i++) {
      char c = property.charAt(i);
      out.append(c == '.' || c == '-' ? '_' : Character.toUpperCase(c));
    }
    return out.toString();
  }

  /** What a value looks like, with an example: the end of an error line. */
  String accepts() {
    if (choices.length == 0) {
      return type.accepts;
    }
    StringBuilder out = new StringBuilder(type.accepts);
    for (int i = 0; i < choices.length; i++) {
      out.append(i == 0 ? "" : i == choices.length - 1 ? " or " : ", ")
          .append(Type.word(choices[i]));
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return property();
  }
}
