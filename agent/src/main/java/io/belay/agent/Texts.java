package io.belay.agent;

import io.belay.agent.run.CallSite;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Where the text of a call is, by the names that boundaries use. */
final class Texts {
  private Texts() {}

  static CallSite.@Nullable Text named(String name) {
    return switch (name) {
      case "" -> null;
      case "argument 0" -> (self, args) -> text(args, 0);
      case "argument 1" -> (self, args) -> text(args, 1);
      case "name of argument 0" -> (self, args) -> name(args == null ? null : args[0]);
      case "name of receiver" -> (self, args) -> name(self);
      case "tool of receiver" -> (self, args) -> name(call(self, "getToolDefinition"));
      case "specification of receiver, if it calls no server" -> new Specification();
      case "receiver" -> (self, args) -> String.valueOf(self);
      default -> throw new IllegalArgumentException("no text is named " + name);
    };
  }

  /** A tool of Ollama4j. What one of an MCP server leads to is a boundary itself. */
  private static final class Specification implements CallSite.Text {
    @Override
    public @Nullable String of(@Nullable Object self, Object @Nullable [] args) {
      return said(call(self, "getToolSpec"));
    }

    @Override
    public boolean isCall(@Nullable Object self) {
      return !Boolean.TRUE.equals(call(self, "isMCPTool"));
    }
  }

  private static @Nullable String text(Object @Nullable [] args, int index) {
    return args == null || index >= args.length || args[index] == null
        ? null
        : args[index].toString();
  }

  /** Requests of tools say {@code name()}, methods {@code getName()}. */
  private static @Nullable String name(@Nullable Object named) {
    return named instanceof Method ? said(named) : text(call(named, "name"));
  }

  private static @Nullable String said(@Nullable Object named) {
    return text(call(named, "getName"));
  }

  private static @Nullable String text(@Nullable Object name) {
    return name == null ? null : name.toString();
  }

  private static @Nullable Object call(@Nullable Object receiver, String method) {
    if (receiver == null) {
      return null;
    }
    try {
      return receiver.getClass().getMethod(method).invoke(receiver);
    } catch (ReflectiveOperationException | RuntimeException otherVersion) {
      return null;
    }
  }
}
