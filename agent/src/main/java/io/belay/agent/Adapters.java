package io.belay.agent;

import io.belay.agent.log.Log;
import io.belay.boot.Adapter;
import io.belay.boot.CallAdapter;
import io.belay.boot.DeferredAdapter;
import io.belay.boot.ServerAdapter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings the typed adapters to where their library is: each is defined in the class loader of the
 * library's own class, once, with all that belongs to it, since that loader must not look for it
 * elsewhere.
 */
final class Adapters {
  private static final String PACKAGE = "io.belay.agent.http.";

  private final Instrumentation instrumentation;
  private final Map<String, ClassValue<Object[]>> byName = new HashMap<>();

  Adapters(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /** Finds the adapter of that name for a class of its library; {@code null} for no name. */
  @Nullable Function<Class<?>, @Nullable Adapter> named(String simpleName) {
    return simpleName.isEmpty() ? null : new Near<>(near(simpleName), Adapter.class);
  }

  /** The same for the adapter of a server. */
  @Nullable Function<Class<?>, @Nullable ServerAdapter> server(String simpleName) {
    return simpleName.isEmpty() ? null : new Near<>(near(simpleName), ServerAdapter.class);
  }

  /** The same for the adapter of a protocol's calls. */
  Function<Class<?>, @Nullable CallAdapter> calls(String simpleName) {
    return new Near<>(near(simpleName), CallAdapter.class);
  }

  /** The adapter of that name for publishers of {@code type}. */
  @Nullable DeferredAdapter deferred(String simpleName, Class<?> type) {
    return new Near<>(near(simpleName), DeferredAdapter.class).apply(type);
  }

  private record Near<T>(ClassValue<Object[]> adapters, Class<T> as)
      implements Function<Class<?>, @Nullable T> {
    @Override
    public @Nullable T apply(Class<?> type) {
      return as.cast(adapters.get(type)[0]);
    }
  }

  private synchronized ClassValue<Object[]> near(String simpleName) {
    ClassValue<Object[]> known = byName.get(simpleName);
    if (known == null) {
      known =
          new ClassValue<>() {
            @Override
            protected Object[] computeValue(Class<?> type) {
              return new Object[] {make(simpleName, type.getClassLoader())};
            }
          };
      byName.put(simpleName, known);
    }
    return known;
  }

  private synchronized @Nullable Object make(String simpleName, @Nullable ClassLoader library) {
    ClassLoader ours = Adapters.class.getClassLoader();
    // Classes of the JDK are seen from everywhere: their adapters stay here.
    ClassLoader loader =
        library == null || library == ClassLoader.getPlatformClassLoader() ? ours : library;
    try {
      for (String opened : AdapterIndex.OPENED.getOrDefault(simpleName, List.of())) {
        open(opened);
      }
      Class<?> type =
          loader == ours ? Class.forName(PACKAGE + simpleName) : bring(simpleName, loader);
      return type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | IOException | LinkageError fault) {
      Log.error("the adapter " + simpleName + " does not fit its library", fault);
      return null;
    }
  }

  /** Lets adapters see inside packages of the JDK that are closed to everybody. */
  private void open(String moduleAndPackage) {
    int slash = moduleAndPackage.indexOf('/');
    Module module =
        ModuleLayer.boot().findModule(moduleAndPackage.substring(0, slash)).orElseThrow();
    Map<String, Set<Module>> ours =
        Map.of(moduleAndPackage.substring(slash + 1), Set.of(Adapters.class.getModule()));
    instrumentation.redefineModule(module, Set.of(), ours, ours, Set.of(), Map.of());
  }

  private Class<?> bring(String simpleName, ClassLoader loader)
      throws IOException, ReflectiveOperationException {
    BootClasses.JavaBase.open(instrumentation, "java.lang");
    Method find = ClassLoader.class.getDeclaredMethod("findLoadedClass", String.class);
    Method define =
        ClassLoader.class.getDeclaredMethod(
            "defineClass",
            String.class,
            byte[].class,
            int.class,
            int.class,
            ProtectionDomain.class);
    find.setAccessible(true);
    define.setAccessible(true);
    Class<?> there = (Class<?>) find.invoke(loader, PACKAGE + simpleName);
    if (there != null && there.getClassLoader() == loader) {
      return there;
    }
    Deque<String> names = new ArrayDeque<>(AdapterIndex.of(simpleName));
    int failures = 0;
    Class<?> adapter = null;
    for (String name = names.poll(); name != null; name = names.poll()) {
      if (find.invoke(loader, name) instanceof Class<?> brought
          && brought.getClassLoader() == loader) {
        continue; // By another adapter of the same library.
      }
      byte[] bytes = read(name);
      try {
        Class<?> made = (Class<?>) define.invoke(loader, name, bytes, 0, bytes.length, null);
        adapter = name.equals(PACKAGE + simpleName) ? made : adapter;
        failures = 0;
      } catch (ReflectiveOperationException early) {
        names.add(name);
        if (++failures > names.size()) {
          throw early;
        }
      }
    }
    if (adapter == null) {
      throw new ClassNotFoundException(PACKAGE + simpleName);
    }
    return adapter;
  }

  private static byte[] read(String name) throws IOException {
    String path = name.replace('.', '/') + ".class";
    try (InputStream in = Adapters.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IOException("belay.jar lacks " + path);
      }
      return in.readAllBytes();
    }
  }
}
