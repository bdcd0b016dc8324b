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
      case "receiver" -> (self, args) -> String.valueOf(self);
      default -> throw new IllegalArgumentException("no text is named " + name);
    };
  }

  private static @Nullable String text(Object @Nullable [] args, int index) {
    return args == null || index >= args.length || args[index] == null
        ? null
        : args[index].toString();
  }
}
