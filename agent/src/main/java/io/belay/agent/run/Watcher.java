package io.belay.agent.run;

import io.belay.agent.rule.HalfClose;
import io.belay.boot.Inbound;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a client has left while its request is being answered, on servers that do not tell:
 * asks the operating system about the connections of those requests alone, on one thread that
 * exists while there are any.
 */
final class Watcher implements Runnable {
  private static final long TICK = 250_000_000;

  /** How long a client must have been gone: one that has read the whole answer leaves sooner. */
  private static final long CERTAIN = 100_000_000;

  /** For how long the application may still answer by itself when its run is over. */
  private static final long PATIENCE = 500_000_000;

  /** A request that is watched. */
  static final class Entry {
    final Served served;
    final @Nullable SocketChannel connection; // Null when the server said that the client left.
    final int descriptor; // Negative when there is no connection.

    /** When the run was over and the answer had not come, on the clock; 0 before. */
    private long waitsNanos;

    /** When the client was first seen to have left, on the clock; 0 before. */
    private long goneNanos;

    boolean isTold() {
      return connection == null && waitsNanos == 0;
    }

    private Entry(Served served, @Nullable SocketChannel connection, int descriptor) {
      this.served = served;
      this.connection = connection;
      this.descriptor = descriptor;
    }
  }

  private final Requests requests;
  private final Connections connections;
  private final @Nullable Poll poll;
  private final Set<Entry> entries = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean busy = new AtomicBoolean();
  private boolean doubtful; // Confined to the thread.

  Watcher(Requests requests, Connections connections, @Nullable Poll poll) {
    this.requests = requests;
    this.connections = connections;
    this.poll = poll;
  }

  /** Watches the connection of {@code served} until {@link #forget}. */
  void watch(Served served) {
    if (poll == null) {
      return;
    }
    synchronized (served) {
      if (served.watched != null || !served.isOpen()) {
        return;
      }
      Inbound inbound = served.inbound();
      SocketChannel connection =
          connections.find(inbound.remoteAddress(), inbound.remotePort(), inbound.localPort());
      if (connection == null) {
        return;
      }
      int descriptor = descriptor(poll, connection);
      if (descriptor >= 0) {
        add(new Entry(served, connection, descriptor));
      }
    }
  }

  private int descriptor(Poll asked, SocketChannel connection) {
    try {
      return asked.descriptor(connection);
    } catch (Throwable fault) {
      requests.runs.journal().fault("watching a connection", fault);
      return -1;
    }
  }

  /** The server says that the client has left. */
  void gone(Served served) {
    synchronized (served) {
      forget(served);
      if (served.isOpen()) {
        add(new Entry(served, null, -1));
      }
    }
  }

  /** Its run is over; the application has a while to answer by itself. */
  void wake(Served served) {
    synchronized (served) {
      forget(served);
      if (served.isOpen()) {
        Entry entry = new Entry(served, null, -1);
        entry.waitsNanos = requests.runs.clock.nanos();
        add(entry);
      }
    }
  }

  private void add(Entry entry) {
    entry.served.watched = entry;
    entries.add(entry);
    if (busy.compareAndSet(false, true)) {
      Threads.start(this, "belay-watch");
    }
  }

  /** The answer is complete, or was given up: what a server has said of its client still counts. */
  void forget(Served served) {
    if (served.watched == null) {
      return; // Whoever adds it later sees that it is over, which was set under its lock.
    }
    synchronized (served) {
      Entry watched = served.watched;
      if (watched != null && !watched.isTold()) {
        entries.remove(watched);
      }
    }
  }

  @Override
  public void run() {
    for (; ; ) {
      if (requests.runs.isRetired()) {
        return;
      }
      if (entries.isEmpty()) {
        busy.set(false);
        // Whoever came between the two found us busy and started nobody.
        if (entries.isEmpty() || !busy.compareAndSet(false, true)) {
          return;
        }
      }
      LockSupport.parkNanos(this, doubtful ? CERTAIN : TICK);
      doubtful = false;
      Entry[] all = entries.toArray(new Entry[0]);
      int[] states = states(all);
      for (int i = 0; i < all.length; i++) {
        Entry entry = all[i];
        int state = states[i];
        requests.runs.guarded("watching a connection", () -> look(entry, state));
      }
    }
  }

  /** How the connections of {@code all} stand, by one question to the system. */
  private int[] states(Entry[] all) {
    int[] descriptors = new int[all.length];
    for (int i = 0; i < all.length; i++) {
      descriptors[i] = all[i].descriptor;
    }
    if (poll != null) {
      try {
        return poll.states(descriptors);
      } catch (Throwable fault) {
        requests.runs.journal().fault("watching connections", fault);
      }
    }
    return new int[all.length];
  }

  /** Believes it when it is seen twice, so much apart. */
  private void look(Entry entry, int state) {
    long now = requests.runs.clock.nanos();
    if (entry.waitsNanos != 0) {
      if (now - entry.waitsNanos >= PATIENCE) {
        entries.remove(entry);
        entry.served.answerLate();
      }
      return;
    }
    boolean gone = entry.connection == null || isGone(entry.connection, state);
    if (!gone) {
      entry.goneNanos = 0;
    } else if (entry.goneNanos == 0) {
      entry.goneNanos = now;
      doubtful = true;
    } else if (now - entry.goneNanos < CERTAIN) {
      doubtful = true;
    } else if (now - entry.goneNanos >= entry.served.onDisconnect.grace().toNanos()) {
      if (entry.isTold() || entry.served.isOpen()) {
        entry.served.left();
      }
      entries.remove(entry);
    }
  }

  private boolean isGone(SocketChannel connection, int state) {
    if (!connection.isOpen()) {
      return true; // The server has met an error on it. What was polled may be a newer connection.
    }
    int counts =
        requests.policy.halfClose() == HalfClose.STOP
            ? Poll.PEER_CLOSED | Poll.BROKEN
            : Poll.BROKEN;
    return (state & counts) != 0;
  }
}
