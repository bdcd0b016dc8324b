package io.belay.agent;

import static io.belay.agent.control.LocalControl.DOOR;
import static io.belay.agent.control.LocalControl.SAID;
import static io.belay.agent.control.LocalControl.VERSION;

import io.belay.agent.log.Log;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.util.Properties;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM tells tools that may attach to it, and nobody else: the properties behind {@code
 * VirtualMachine.getAgentProperties}, where the JDK's own management agent leaves its address, too.
 * Reading them loads no agent, so HotSpot says nothing about it on the application's output.
 *
 * <p>They are replaced by a copy that knows when it is read: only then is a door opened for the
 * reader. {@code jdk.internal.vm.VMSupport} keeps them in a field of the same name from Java 17 to
 * 25; where it does not, the door is opened at once.
 */
final class AgentProperties {
  private final Instrumentation instrumentation;

  AgentProperties(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /** Asks for the door when the entry that names it is read. */
  private static final class Asking extends Properties {
    private static final long serialVersionUID = 1;
    private final transient Supplier<String> door;

    Asking(Properties others, Supplier<String> door) {
      this.door = door;
      putAll(others);
      put(DOOR, "");
    }

    @Override
    public @Nullable String getProperty(String key) {
      return DOOR.equals(key) && containsKey(DOOR) ? door.get() : super.getProperty(key);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return super.equals(other);
    }

    @Override
    public int hashCode() {
      return super.hashCode();
    }
  }

  /**
   * Belay is here.
   *
   * @param door answers where it is spoken to
   */
  void announce(String version, Supplier<String> door) {
    change(
        (properties, field) -> {
          properties.remove(SAID);
          properties.setProperty(VERSION, version);
          if (field == null) {
            properties.setProperty(DOOR, door.get());
          } else {
            field.set(null, new Asking(properties, door));
          }
        });
  }

  /** Belay is not here any more. */
  void withdraw() {
    change(
        (properties, field) -> {
          properties.remove(VERSION);
          properties.remove(DOOR);
          if (field != null) {
            Properties plain = new Properties();
            plain.putAll(properties);
            field.set(null, plain);
          }
        });
  }

  /** Says something to whoever has just tried to attach Belay. */
  void say(String text) {
    change((properties, field) -> properties.setProperty(SAID, text));
  }

  /** The options that the JVM was started with, separated by blanks; empty when not known. */
  String arguments() {
    String[] arguments = {""};
    change((properties, field) -> arguments[0] = properties.getProperty("sun.jvm.args", ""));
    return arguments[0];
  }

  private interface Change {
    void make(Properties properties, @Nullable Field field) throws ReflectiveOperationException;
  }

  private void change(Change change) {
    try {
      BootClasses.JavaBase.open(instrumentation, "jdk.internal.vm");
      Class<?> support = Class.forName("jdk.internal.vm.VMSupport");
      // The lock under which the JVM itself makes and hands out the properties.
      synchronized (support) {
        Properties now = (Properties) support.getMethod("getAgentProperties").invoke(null);
        change.make(now, field(support));
      }
    } catch (ReflectiveOperationException | RuntimeException elsewhere) {
      Log.debug("the command line cannot find this JVM: " + elsewhere);
    }
  }

  private static @Nullable Field field(Class<?> support) {
    try {
      Field field = support.getDeclaredField("agentProps");
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException | RuntimeException elsewhere) {
      return null;
    }
  }
}
