package io.belay.agent.http;

import java.lang.reflect.Method;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What the commands of Vert.x's SQL clients say of themselves. Between 4.5 and 5 they moved to
 * another package, so they are asked by name.
 */
final class VertxCommand {
  private VertxCommand() {}

  static boolean isOne(Object thing) {
    return base(thing, "CommandBase") != null;
  }

  /** The class above {@code thing}'s that is called so; {@code null} for none. */
  private static @Nullable Class<?> base(Object thing, String simpleName) {
    Class<?> type = thing.getClass();
    while (type != null && !type.getSimpleName().equals(simpleName)) {
      type = type.getSuperclass();
    }
    return type;
  }

  /** What it sends; {@code null} for what is none of a statement's or a transaction's business. */
  static @Nullable String text(Object command) {
    try {
      if (base(command, "QueryCommandBase") != null) {
        return String.valueOf(call(command, "sql"));
      }
      if (base(command, "TxCommand") != null) {
        return String.valueOf(command.getClass().getField("kind").get(command));
      }
      if (base(command, "PrepareStatementCommand") != null) {
        return "prepare";
      }
      if (base(command, "CompositeCommand") != null) {
        StringJoiner all = new StringJoiner("; ");
        for (Object each : (Iterable<?>) call(command, "commands")) {
          String text = text(each);
          if (text != null) {
            all.add(text);
          }
        }
        return all.toString();
      }
      return null;
    } catch (ReflectiveOperationException other) {
      throw new LinkageError("a command of another shape: " + command.getClass(), other);
    }
  }

  private static Object call(Object on, String method) throws ReflectiveOperationException {
    Method found = on.getClass().getMethod(method);
    found.setAccessible(true);
    return Objects.requireNonNull(found.invoke(on));
  }

  /** A command that takes a transaction back, of the family that {@code another} is of. */
  static Object rollBack(Object another) throws ReflectiveOperationException {
    Class<?> base = base(another, "CommandBase");
    if (base == null) {
      throw new ClassNotFoundException("CommandBase");
    }
    String name = base.getPackageName() + ".TxCommand";
    Class<?> kind = Class.forName(name + "$Kind", true, base.getClassLoader());
    return Class.forName(name, true, base.getClassLoader())
        .getConstructor(kind, Object.class)
        .newInstance(kind.getField("ROLLBACK").get(null), null);
  }
}
