package io.belay.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * An HTTP server in the test's JVM, OpenAI-compatible where a test wants it to be. Requests are
 * kept apart by a key, the first part of their path, so that scenarios do not see each other's. A
 * request waits in {@link #await} for the test to answer it by hand, unless {@link #answering} says
 * how.
 *
 * <p>It counts what arrives, in one order for all connections: {@link Arrival#tick} and {@link
 * #tick} come from the same clock.
 */
public final class Provider implements AutoCloseable {
  private final ServerSocket socket;
  private final AtomicLong clock = new AtomicLong();
  private final Map<String, BlockingQueue<Arrival>> waiting = new ConcurrentHashMap<>();
  private final Map<String, List<Arrival>> arrived = new ConcurrentHashMap<>();
  private final Map<String, Consumer<Arrival>> answers = new ConcurrentHashMap<>();

  private Provider(ServerSocket socket) {
    this.socket = socket;
  }

  /** Starts one on a free port of the loopback. */
  public static Provider start() {
    try {
      Provider provider = new Provider(new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()));
      daemon(provider::accept, "provider");
      return provider;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The base URL of a key; an OpenAI client appends {@code /chat/completions}. */
  public String url(String key) {
    return "http://127.0.0.1:" + socket.getLocalPort() + '/' + key;
  }

  /** The port it listens on. */
  public int port() {
    return socket.getLocalPort();
  }

  /** The next request of that key that nobody has taken yet. */
  public Arrival await(String key) {
    try {
      Arrival next = queue(key).poll(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS);
      if (next == null) {
        throw Await.inVain("for a request at " + url(key));
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Answers the requests of a key by itself, from now on. A request's connection waits for {@code
   * answer} to return; a client that leaves meanwhile is not noticed.
   */
  public void answering(String key, Consumer<Arrival> answer) {
    answers.put(key, answer);
  }

  /** How many requests of that key have arrived. */
  public int requests(String key) {
    return arrivals(key).size();
  }

  /** The requests of that key, in the order of their arrival. */
  public List<Arrival> arrivals(String key) {
    List<Arrival> all = arrived.getOrDefault(key, List.of());
    synchronized (all) {
      return List.copyOf(all);
    }
  }

  /** How many tokens were sent to clients of that key that had not left. */
  public long tokens(String key) {
    return arrivals(key).stream().mapToLong(Arrival::tokens).sum();
  }

  /** A moment in the order of arrivals: what arrives later has a greater {@link Arrival#tick}. */
  public long tick() {
    return clock.incrementAndGet();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BlockingQueue<Arrival> queue(String key) {
    return waiting.computeIfAbsent(key, none -> new LinkedBlockingQueue<>());
  }

  private void accept() {
    try {
      for (; ; ) {
        Socket client = socket.accept();
        client.setTcpNoDelay(true);
        daemon(() -> serve(client), "provider-connection");
      }
    } catch (SocketException closed) {
      // The test is over.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads on while a request is answered: that is how it learns that the client has left. */
  private void serve(Socket client) {
    Arrival current = null;
    try (client) {
      RequestReader requests = new RequestReader(client.getInputStream());
      for (RequestReader.Request read = requests.next(); read != null; read = requests.next()) {
        current = new Arrival(read, tick(), client, this::tick);
        String key = current.key();
        List<Arrival> all = arrived.computeIfAbsent(key, none -> new ArrayList<>());
        synchronized (all) {
          all.add(current);
        }
        Consumer<Arrival> answer = answers.get(key);
        if (answer == null) {
          queue(key).add(current);
        } else {
          answer.accept(current);
        }
      }
    } catch (IOException | UncheckedIOException reset) {
      // Aborted in the middle: the client has left as well.
    } finally {
      if (current != null) {
        current.left();
      }
    }
  }

  private static void daemon(Runnable task, String name) {
    Thread thread = new Thread(null, task, name, 256 << 10);
    thread.setDaemon(true);
    thread.start();
  }
}
