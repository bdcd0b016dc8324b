package io.belay.agent.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A set of {@link Link}s that threads join and leave in a few nanoseconds and without allocation.
 *
 * <p>Guarded by a spin lock held for a handful of instructions, never while calling out: joining,
 * leaving and visiting exclude each other, which is what the proof in CONCURRENCY.md needs. A lock
 * of the JDK would park, and allocate a node for whoever waits.
 */
class Chain {
  private static final VarHandle LOCK;

  static {
    try {
      LOCK = MethodHandles.lookup().findVarHandle(Chain.class, "lock", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // through LOCK
  private int lock;

  private @Nullable Link first; // Guarded by lock.
  private int size; // Written under lock, read by anybody.

  final void link(Link link) {
    lock();
    link.chain = this;
    link.next = first;
    if (first != null) {
      first.previous = link;
    }
    first = link;
    size++;
    unlock();
  }

  /** Takes {@code link} out; answers whether it was in. */
  final boolean unlink(Link link) {
    lock();
    boolean member = take(link);
    unlock();
    return member;
  }

  /** The same for work that {@code worker} has done, in one step with marking it as done. */
  final boolean unlink(Work done, Slot worker) {
    lock();
    done.markDone(worker);
    boolean member = take(done);
    unlock();
    return member;
  }

  /** Marks work that is still in as being woken; answers whether that is so now. */
  final boolean mark(Work piece, @Nullable Object at, Object waking) {
    lock();
    boolean marked = piece.chain == this && piece.mark(at, waking);
    unlock();
    return marked;
  }

  private boolean take(Link link) {
    boolean member = link.chain == this;
    if (member) {
      link.chain = null;
      if (link.previous == null) {
        first = link.next;
      } else {
        link.previous.next = link.next;
      }
      if (link.next != null) {
        link.next.previous = link.previous;
      }
      link.previous = null;
      link.next = null;
      size--;
    }
    return member;
  }

  /** Shows all members to {@code visitor}, which must be short and must not call out. */
  final void visit(Consumer<? super Link> visitor) {
    lock();
    try {
      for (Link link = first; link != null; link = link.next) {
        visitor.accept(link);
      }
    } finally {
      unlock();
    }
  }

  /** Whether any member is so; the test must be short and must not call out. */
  final boolean has(Predicate<? super Link> test) {
    lock();
    try {
      for (Link link = first; link != null; link = link.next) {
        if (test.test(link)) {
          return true;
        }
      }
      return false;
    } finally {
      unlock();
    }
  }

  /** How many there are, exactly: it waits for whoever is joining. */
  final int count() {
    lock();
    int counted = size;
    unlock();
    return counted;
  }

  private void lock() {
    int spins = 0;
    while (!LOCK.compareAndSet(this, 0, 1)) {
      // The holder may have lost its processor: then spinning only keeps it waiting.
      if (++spins < 64) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  private void unlock() {
    LOCK.setRelease(this, 0);
  }
}
