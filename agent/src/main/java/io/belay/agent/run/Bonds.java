package io.belay.agent.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/**
 * Which run a task that cannot be wrapped works for. A forked task keeps it in a field that the
 * weaver adds while {@link ForkJoinTask} is loaded, which costs a write and a read; all others, and
 * forked tasks where that class was there before Belay, are keys of a table that does not keep them
 * alive.
 */
final class Bonds {
  /** The field's name; the weaver adds it under the same. */
  static final String FIELD_NAME = "belay$bond";

  private static final @Nullable VarHandle FIELD = field();
  private static final Map<Object, Object> TABLE = new ConcurrentHashMap<>();
  private static final ReferenceQueue<Object> GONE = new ReferenceQueue<>();

  private Bonds() {}

  private static @Nullable VarHandle field() {
    try {
      return MethodHandles.privateLookupIn(ForkJoinTask.class, MethodHandles.lookup())
          .findVarHandle(ForkJoinTask.class, FIELD_NAME, Object.class);
    } catch (ReflectiveOperationException | RuntimeException absent) {
      return null; // The class was loaded before Belay came.
    }
  }

  // ---- forked tasks: a bond, or the run of the thread that does the task itself at once ----

  static @Nullable Object ofForked(Object task) {
    return FIELD == null ? of(task) : FIELD.get((ForkJoinTask<?>) task);
  }

  static void bindForked(Object task, Object bond) {
    if (FIELD == null) {
      bind(task, bond);
    } else {
      FIELD.set((ForkJoinTask<?>) task, bond);
    }
  }

  static @Nullable Object takeForked(Object task) {
    if (FIELD == null) {
      return take(task);
    }
    Object bond = FIELD.get((ForkJoinTask<?>) task);
    if (bond != null) {
      FIELD.set((ForkJoinTask<?>) task, (Object) null);
    }
    return bond;
  }

  // ---- all others ----

  static @Nullable Object of(Object task) {
    return TABLE.isEmpty() ? null : TABLE.get(new Probe(task));
  }

  /** A second bond of the same task waits behind the first: it was handed over twice. */
  static void bind(Object task, Object bond) {
    forgetTheDead();
    TABLE.merge(new Key(task), bond, (earlier, later) -> queue(earlier, later));
  }

  private static Object queue(Object earlier, Object later) {
    if (!(earlier instanceof Bond first)) {
      return later;
    }
    Bond last = first;
    while (last.then != null) {
      last = last.then;
    }
    last.then = (Bond) later;
    return first;
  }

  static @Nullable Object take(Object task) {
    if (TABLE.isEmpty()) {
      return null;
    }
    Object[] taken = new Object[1];
    TABLE.computeIfPresent(
        new Probe(task),
        (key, bond) -> {
          taken[0] = bond;
          return bond instanceof Bond first ? first.then : null;
        });
    return taken[0];
  }

  /** A task for a bond to refer to: weakly, unless the bond is in the task itself. */
  static Object reference(Object task) {
    return FIELD != null && task instanceof ForkJoinTask ? task : new WeakReference<>(task);
  }

  static void forgetTheDead() {
    for (Object gone = GONE.poll(); gone != null; gone = GONE.poll()) {
      TABLE.remove(gone);
    }
  }

  /** By identity, without keeping the task alive. */
  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object task) {
      super(task, GONE);
      hash = System.identityHashCode(task);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      Object mine = get();
      return this == other
          || (mine != null && other instanceof Probe probe && probe.task == mine)
          || (mine != null && other instanceof Key key && key.get() == mine);
    }
  }

  /** What is looked for. */
  private record Probe(Object task) {
    @Override
    public int hashCode() {
      return System.identityHashCode(task);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.get() == task;
    }
  }
}
