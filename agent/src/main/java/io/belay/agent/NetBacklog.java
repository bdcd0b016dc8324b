package io.belay.agent;

import io.belay.agent.run.Backlog;
import java.io.FileDescriptor;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's own door to {@code FIONREAD}, by which {@code Socket}'s streams answer {@code
 * available()}: the same names from Java 17 to 25, on every system.
 */
final class NetBacklog extends Backlog {
  private static final String OPENED = "sun.security.ssl.SSLSocketImpl$AppInputStream";

  private final Instrumentation instrumentation;
  private volatile @Nullable Handles handles;
  private volatile @Nullable MethodHandle below;

  private record Handles(MethodHandle of, MethodHandle numbered, MethodHandle available) {}

  NetBacklog(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  @Override
  protected int bytes(Object connection) throws Throwable {
    if (connection instanceof InputStream stream) {
      return stream.available() + (stream.getClass().getName().equals(OPENED) ? below(stream) : 0);
    }
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

  /** What is in the socket below an encrypted one. */
  private int below(InputStream opened) throws Throwable {
    MethodHandle known = below;
    if (known == null) {
      known = findBelow(opened.getClass());
      below = known;
    }
    return ((InputStream) known.invokeExact(opened)).available();
  }

  private MethodHandle findBelow(Class<?> opened) throws ReflectiveOperationException {
    BootClasses.JavaBase.open(instrumentation, "sun.security.ssl");
    MethodHandle way = MethodHandles.identity(opened);
    for (String name : List.of("this$0", "conContext", "inputRecord", "is")) {
      Class<?> at = way.type().returnType();
      at = name.equals("is") ? Class.forName("sun.security.ssl.SSLSocketInputRecord") : at;
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(at, MethodHandles.lookup());
      MethodHandle field = lookup.unreflectGetter(at.getDeclaredField(name));
      way = MethodHandles.filterReturnValue(way.asType(way.type().changeReturnType(at)), field);
    }
    return way.asType(MethodType.methodType(InputStream.class, InputStream.class));
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
