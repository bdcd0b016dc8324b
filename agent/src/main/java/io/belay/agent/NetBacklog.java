package io.belay.agent;

import io.belay.agent.run.Backlog;
import java.io.FileDescriptor;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's own door to {@code FIONREAD}, by which {@code Socket}'s streams answer {@code
 * available()}: the same names from Java 17 to 25, on every system.
 */
final class NetBacklog extends Backlog {
  private final Instrumentation instrumentation;
  private volatile @Nullable Handles handles;

  private record Handles(MethodHandle of, MethodHandle numbered, MethodHandle available) {}

  NetBacklog(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  @Override
  protected int bytes(Object connection) throws Throwable {
    Handles known = handles;
    if (known == null) {
      known = find();
      handles = known;
    }
    FileDescriptor asked =
        connection instanceof Integer number
            ? (FileDescriptor) known.numbered.invokeExact((int) number)
            : (FileDescriptor) known.of.invokeExact(connection);
    return (int) known.available.invokeExact(asked);
  }

  /** When the first stream is given up, and not before. */
  private Handles find() throws ReflectiveOperationException {
    BootClasses.JavaBase.open(instrumentation, "sun.nio.ch");
    Class<?> net = Class.forName("sun.nio.ch.Net");
    MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(net, MethodHandles.lookup());
    return new Handles(
        lookup
            .findVirtual(
                Class.forName("sun.nio.ch.SelChImpl"),
                "getFD",
                MethodType.methodType(FileDescriptor.class))
            .asType(MethodType.methodType(FileDescriptor.class, Object.class)),
        lookup.findStatic(
            Class.forName("sun.nio.ch.IOUtil"),
            "newFD",
            MethodType.methodType(FileDescriptor.class, int.class)),
        lookup.findStatic(
            net, "available", MethodType.methodType(int.class, FileDescriptor.class)));
  }
}
