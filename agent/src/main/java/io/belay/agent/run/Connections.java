package io.belay.agent.run;

import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections that servers of this JVM have accepted, by their two ends. Held weakly: a server
 * drops what it has closed.
 */
public final class Connections {
  private record Ends(String remoteAddress, int remotePort, int localPort) {}

  private static final class Held extends WeakReference<SocketChannel> {
    final Ends ends;

    Held(Ends ends, SocketChannel channel, ReferenceQueue<SocketChannel> dropped) {
      super(channel, dropped);
      this.ends = ends;
    }
  }

  private final Map<Ends, Held> byEnds = new ConcurrentHashMap<>();
  private final ReferenceQueue<SocketChannel> dropped = new ReferenceQueue<>();

  /** A server has accepted {@code channel}. */
  void accepted(SocketChannel channel) throws IOException {
    for (Object gone = dropped.poll(); gone != null; gone = dropped.poll()) {
      byEnds.remove(((Held) gone).ends, gone);
    }
    SocketAddress remote = channel.getRemoteAddress();
    SocketAddress local = channel.getLocalAddress();
    if (remote instanceof InetSocketAddress client && local instanceof InetSocketAddress own) {
      Ends ends = new Ends(client.getAddress().getHostAddress(), client.getPort(), own.getPort());
      byEnds.put(ends, new Held(ends, channel, dropped));
    }
  }

  /** The connection with these ends; {@code null} when no server here has accepted it. */
  @Nullable SocketChannel find(String remoteAddress, int remotePort, int localPort) {
    Held held = byEnds.get(new Ends(remoteAddress, remotePort, localPort));
    return held == null ? null : held.get();
  }
}
