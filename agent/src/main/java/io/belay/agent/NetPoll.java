package io.belay.agent;

import io.belay.agent.run.Poll;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's own door to {@code poll(2)}, which has kept its form from Java 17 to 25: one call for
 * all connections, so a thousand of them cost little more than one. Only Linux has {@code
 * POLLRDHUP}, and the JDK has no such name for it.
 */
final class NetPoll implements Poll {
  /** Bytes of a {@code struct pollfd}: the descriptor, and what is asked and answered of it. */
  private static final int ENTRY = 8;

  private static final int ASKED = 4;
  private static final int ANSWERED = 6;

  private final Instrumentation instrumentation;
  private volatile @Nullable Handles handles;
  private @Nullable ByteBuffer memory; // Of the thread that asks.

  private record Handles(MethodHandle descriptor, MethodHandle address, MethodHandle poll) {}

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
  public int descriptor(SocketChannel connection) throws Throwable {
    return (int) handles().descriptor.invokeExact((Object) connection);
  }

  @Override
  public int[] states(int[] descriptors) throws Throwable {
    ByteBuffer asked = memory(descriptors.length * ENTRY);
    for (int i = 0; i < descriptors.length; i++) {
      asked.putInt(i * ENTRY, descriptors[i]);
      asked.putShort(i * ENTRY + ASKED, (short) PEER_CLOSED);
      asked.putShort(i * ENTRY + ANSWERED, (short) 0);
    }
    int[] states = new int[descriptors.length];
    long address = (long) handles().address.invokeExact((Object) asked);
    int found = (int) handles().poll.invokeExact(address, descriptors.length, 0);
    for (int i = 0; found > 0 && i < states.length; i++) {
      states[i] = asked.getShort(i * ENTRY + ANSWERED) & (PEER_CLOSED | BROKEN);
    }
    return states;
  }

  private ByteBuffer memory(int size) {
    ByteBuffer held = memory;
    if (held == null || held.capacity() < size) {
      held = ByteBuffer.allocateDirect(2 * size).order(ByteOrder.nativeOrder());
      memory = held;
    }
    return held;
  }

  private Handles handles() throws ReflectiveOperationException {
    Handles found = handles;
    if (found == null) {
      found = find();
      handles = found;
    }
    return found;
  }

  /** When the first connection is watched, and not before. */
  private Handles find() throws ReflectiveOperationException {
    BootClasses.JavaBase.open(instrumentation, "sun.nio.ch");
    Class<?> selector = Class.forName("sun.nio.ch.PollSelectorImpl");
    Class<?> channel = Class.forName("sun.nio.ch.SelChImpl");
    Class<?> buffer = Class.forName("sun.nio.ch.DirectBuffer");
    MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(selector, MethodHandles.lookup());
    return new Handles(
        lookup
            .findVirtual(channel, "getFDVal", MethodType.methodType(int.class))
            .asType(MethodType.methodType(int.class, Object.class)),
        lookup
            .findVirtual(buffer, "address", MethodType.methodType(long.class))
            .asType(MethodType.methodType(long.class, Object.class)),
        lookup.findStatic(
            selector, "poll", MethodType.methodType(int.class, long.class, int.class, int.class)));
  }
}
