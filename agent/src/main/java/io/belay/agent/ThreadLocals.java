package io.belay.agent;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reaches the one method of {@link ThreadLocal} by which a thread gets its first value. */
final class ThreadLocals implements Supplier<MethodHandle> {
  private final Instrumentation instrumentation;
  private volatile @Nullable MethodHandle createMap;

  ThreadLocals(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  @Override
  public MethodHandle get() {
    MethodHandle known = createMap;
    if (known == null) {
      BootClasses.JavaBase.open(instrumentation, "java.lang");
      try {
        known =
            MethodHandles.privateLookupIn(ThreadLocal.class, MethodHandles.lookup())
                .findVirtual(
                    ThreadLocal.class,
                    "createMap",
                    MethodType.methodType(void.class, Thread.class, Object.class));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("this JDK's ThreadLocal has no createMap", e);
      }
      createMap = known;
    }
    return known;
  }
}
