package io.belay.agent;

import io.belay.agent.run.CallSite;
import org.jspecify.annotations.Nullable;

/** Where the text of a call is, by the names that boundaries use. */
final class Texts {
  private Texts() {}

  static CallSite.@Nullable Text named(String name) {
    return switch (name) {
      case "" -> null;
      case "argument 0" -> (self, args) -> text(args, 0);
      case "argument 1" -> (self, args) -> text(args, 1);
      case "name of argument 0" -> (self, args) -> name(args);
      case "receiver" -> (self, args) -> String.valueOf(self);
      default -> throw new IllegalArgumentException("no text is named " + name);
    };
  }

  private static @Nullable String text(Object @Nullable [] args, int index) {
    return args == null || index >= args.length || args[index] == null
        ? null
        : args[index].toString();
  }

  /** By a method {@code name()} of it, which is public as its class is. */
  private static @Nullable String name(Object @Nullable [] args) {
    if (args == null || args.length == 0 || args[0] == null) {
      return null;
    }
    try {
      return String.valueOf(args[0].getClass().getMethod("name").invoke(args[0]));
    } catch (ReflectiveOperationException | RuntimeException otherVersion) {
      return null;
    }
  }
}
