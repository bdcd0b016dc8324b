package io.belay.agent.control;

import io.belay.agent.run.Run;
import io.belay.agent.run.Runs;
import io.belay.agent.run.StopReport;
import io.belay.agent.run.Threads;
import io.belay.api.Status;
import io.belay.api.Usage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells subscribers of every change of a run. Whoever changes a run only leaves a note; one thread
 * turns notes into events, a few write them out. Changes that leave no note (calls in flight,
 * tokens) are found by looking, twice a second, and only while somebody reads.
 *
 * <p>A subscriber costs a socket and this object's entry, not a thread: the JDK's server lets a
 * handler return and leave its exchange open.
 */
final class Events implements Runs.Listener, AutoCloseable {
  static final int MOST_SUBSCRIBERS = 2000;
  private static final int WRITERS = 8;
  private static final int MOST_NOTES = 65_536;
  private static final int NOTES_A_ROUND = 256;
  private static final long LOOK_EVERY = 500_000_000L;
  private static final long BEAT_EVERY = 5_000_000_000L;

  /** Events are kept so long after the last reader has gone, for its return. */
  private static final long LINGER = 300_000_000_000L;

  private static final int FRESH_USE = 31 * Usage.NONE.hashCode() + Map.of().hashCode();

  /** What a run looked like when it changed; the rest is read when the event is made. */
  private record Note(Run run, Status status) {}

  private final Runs runs;
  private final RunJson json;
  private final Watch watch;
  private final Runs.Journal journal;
  private final Ring ring;
  private final ConcurrentLinkedQueue<Note> notes = new ConcurrentLinkedQueue<>();
  private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final ThreadPoolExecutor writers;
  private Map<Run, Integer> looks = new HashMap<>(); // The publisher's alone.
  private volatile @Nullable Thread publisher;
  private volatile long lastRead = System.nanoTime() - LINGER;
  private volatile boolean everRead; // Before, the clock need not be asked for every run.
  private volatile boolean flooded;
  private volatile boolean closed;

  Events(Runs runs, RunJson json, Watch watch, Runs.Journal journal) {
    this.runs = runs;
    this.json = json;
    this.watch = watch;
    this.journal = journal;
    this.ring = new Ring(Long.toString(System.currentTimeMillis(), 36) + '-');
    this.writers =
        new ThreadPoolExecutor(
            WRITERS,
            WRITERS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> Threads.make(task, "belay-events-writer"));
    this.writers.allowCoreThreadTimeOut(true);
  }

  void start() {
    publisher = Threads.start(this::publish, "belay-events");
    runs.listen(this);
  }

  @Override
  public void changed(Run run) {
    if (!isRead()) {
      return;
    }
    if (pending.getAndIncrement() < MOST_NOTES) {
      notes.add(new Note(run, run.status()));
    } else {
      pending.decrementAndGet();
      flooded = true;
    }
    LockSupport.unpark(publisher);
  }

  private boolean isRead() {
    return everRead && (!subscribers.isEmpty() || System.nanoTime() - lastRead < LINGER);
  }

  /** The id that a client which knows the present state would have seen last. */
  String lastId() {
    return ring.lastId();
  }

  int subscribers() {
    return subscribers.size();
  }

  /** How many subscribers were dropped because they did not keep up, or had gone. */
  long dropped() {
    return dropped.get();
  }

  /**
   * Adds a reader.
   *
   * @param lastSeen the id it saw last, or {@code null} to begin with what comes
   * @throws Problem when there are too many
   */
  void subscribe(@Nullable String lastSeen, OutputStream out, Runnable hangUp) throws IOException {
    synchronized (this) {
      if (!isRead()) {
        ring.lapse(); // Nobody took notes meanwhile.
      }
      everRead = true;
      lastRead = System.nanoTime(); // From here on somebody does.
    }
    OptionalLong seen = lastSeen == null ? OptionalLong.empty() : ring.numberOf(lastSeen);
    boolean missed = lastSeen != null && seen.isEmpty();
    Subscriber subscriber = new Subscriber(ring, seen.orElse(ring.last()), missed, out, hangUp);
    subscribers.add(subscriber);
    write(subscriber);
  }

  void checkRoom() {
    if (subscribers.size() >= MOST_SUBSCRIBERS) {
      throw new Problem(
          429,
          "there are " + MOST_SUBSCRIBERS + " subscribers already",
          Map.of("Retry-After", "10"));
    }
  }

  private void publish() {
    long looked = System.nanoTime();
    long beaten = looked;
    while (!closed) {
      boolean news = takeNotes();
      long now = System.nanoTime();
      if (now - looked >= LOOK_EVERY && !subscribers.isEmpty()) {
        looked = now;
        news |= look();
      }
      if (now - beaten >= BEAT_EVERY) {
        beaten = now;
        subscribers.forEach(Subscriber::beat);
        news = true;
      }
      if (news) {
        subscribers.forEach(this::write);
      }
      if (!subscribers.isEmpty()) {
        lastRead = now;
      }
      if (notes.isEmpty()) {
        LockSupport.parkNanos(this, subscribers.isEmpty() ? BEAT_EVERY : LOOK_EVERY);
      }
    }
  }

  private boolean takeNotes() {
    boolean news = false;
    for (int i = 0; i < NOTES_A_ROUND; i++) {
      Note note = notes.poll();
      if (note == null) {
        break;
      }
      pending.decrementAndGet();
      news |= add(note.run, note.status);
    }
    if (flooded) {
      flooded = false;
      ring.lapse(); // All readers come back and are told of the gap.
      news = true;
    }
    return news;
  }

  private boolean add(Run run, Status status) {
    try {
      ring.add("run", json.run(run, status));
      return true;
    } catch (RuntimeException fault) {
      journal.fault("describing run " + run.id(), fault);
      return false;
    }
  }

  /** Finds runs whose calls or use have changed since the last look. */
  private boolean look() {
    boolean news = false;
    Map<Run, Integer> seen = new HashMap<>();
    for (Run run : runs.live()) {
      int shape = shape(run);
      seen.put(run, shape);
      if (looks.getOrDefault(run, 0) != shape) {
        news |= add(run, run.status());
      }
    }
    looks = seen;
    return news;
  }

  /** What a reader would see change; 0 for a run that has done nothing yet. */
  private int shape(Run run) {
    int shape = 31 * run.usage().hashCode() + json.reserved(run).hashCode() - FRESH_USE;
    for (StopReport.Call call : run.calls()) {
      shape = 31 * shape + Objects.hash(call.kind(), call.target(), call.outcome(), call.status());
    }
    return shape;
  }

  private void write(Subscriber subscriber) {
    if (subscriber.ask()) {
      try {
        writers.execute(
            () -> {
              if (!subscriber.write(watch)) {
                drop(subscriber);
              }
            });
      } catch (RejectedExecutionException closing) {
        subscriber.close(); // Whoever came while the door was being closed.
      }
    }
  }

  private void drop(Subscriber subscriber) {
    if (subscribers.remove(subscriber)) {
      dropped.incrementAndGet();
      watch.begin(Subscriber.PATIENCE); // Closing writes the end of the answer first.
      subscriber.close();
      watch.end();
    }
  }

  @Override
  public void close() {
    closed = true;
    runs.unlisten(this);
    LockSupport.unpark(publisher);
    writers.shutdownNow();
    subscribers.clear();
  }
}
