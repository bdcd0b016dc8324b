package io.belay.agent.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks into tasks as they wait in queues: the JDK wraps what it is given, some of it twice. */
final class Queued {
  private static final VarHandle[] NONE = {};

  private Queued() {}

  /** The fields of a wrapper that may hold what it wraps; none of any other class. */
  static VarHandle[] fields(Class<?> type, boolean isFutureTask, boolean isWrapper) {
    return isFutureTask ? find(FutureTask.class) : isWrapper ? find(type) : NONE;
  }

  private static VarHandle[] find(Class<?> type) {
    VarHandle[] tasks =
        find(type, of -> of == Runnable.class || of == Callable.class || of == Supplier.class);
    return tasks.length > 0 ? tasks : find(type, Queued::isFunction);
  }

  /** Whether it is an interface of a library's own for what is called once it is time. */
  private static boolean isFunction(Class<?> type) {
    return type.isInterface()
        && Stream.of(type.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .count()
            == 1;
  }

  private static VarHandle[] find(Class<?> type, Predicate<Class<?>> wanted) {
    List<VarHandle> found = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && wanted.test(field.getType())) {
        try {
          found.add(
              MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                  .unreflectVarHandle(field));
        } catch (IllegalAccessException closed) {
          return NONE;
        }
      }
    }
    return found.toArray(NONE);
  }

  /** The work that carries {@code task}'s run; {@code null} when it carries none. */
  static @Nullable Work inside(Object task) {
    Object innermost = innermost(task);
    return innermost instanceof Work work ? work : null;
  }

  /** What the application gave, or the work that carries it. */
  static Object innermost(Object task) {
    Object at = task;
    for (Object next = task; next != null && !(at instanceof Work); ) {
      at = next;
      next = null;
      for (VarHandle field : TaskKind.of(at).inside) {
        next = next == null ? field.get(at) : next;
      }
    }
    return at;
  }

  /** Takes tasks of stopped runs out of a pool's queue. */
  static void clear(ThreadPoolExecutor pool) {
    pool.getQueue().removeIf(Queued::isDead);
    pool.purge(); // It also lets a pool end that was only waiting for these.
  }

  private static boolean isDead(Object task) {
    Work work = inside(task);
    if (work == null) {
      return Bonds.of(task) instanceof Bond bond && bond.run.forbidsWork();
    }
    return work.run.forbidsWork()
        && !(work instanceof Carried carried && Infrastructure.mustFinish(carried.task()));
  }
}
