package io.belay.agent;

import io.belay.agent.run.Poll;
import java.io.FileDescriptor;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's own door to {@code poll(2)}, which has kept its form from Java 17 to 25. Only Linux has
 * {@code POLLRDHUP}, and the JDK has no such name for it.
 */
final class NetPoll implements Poll {
  private final Instrumentation instrumentation;
  private volatile @Nullable Handles handles;

  private record Handles(MethodHandle descriptor, MethodHandle poll) {}

  private NetPoll(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /** {@code null} where the system cannot be asked: what has epoll is Linux. */
  static @Nullable Poll of(Instrumentation instrumentation) {
    try {
      Class.forName("sun.nio.ch.EPoll", false, null);
      return new NetPoll(instrumentation);
    } catch (ClassNotFoundException elsewhere) {
      return null;
    }
  }

  @Override
  public int state(SocketChannel connection) throws Throwable {
    Handles found = handles;
    if (found == null) {
      found = find();
      handles = found;
    }
    FileDescriptor descriptor = (FileDescriptor) found.descriptor.invoke((Object) connection);
    return (int) found.poll.invoke(descriptor, PEER_CLOSED, 0L) & (PEER_CLOSED | BROKEN);
  }

  /** When the first connection is watched, and not before. */
  private Handles find() throws ReflectiveOperationException {
    BootClasses.JavaBase.open(instrumentation, "sun.nio.ch");
    Class<?> net = Class.forName("sun.nio.ch.Net");
    Class<?> channel = Class.forName("sun.nio.ch.SelChImpl");
    MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(net, MethodHandles.lookup());
    return new Handles(
        lookup
            .findVirtual(channel, "getFD", MethodType.methodType(FileDescriptor.class))
            .asType(MethodType.methodType(FileDescriptor.class, Object.class)),
        lookup.findStatic(
            net,
            "poll",
            MethodType.methodType(int.class, FileDescriptor.class, int.class, long.class)));
  }
}
