package io.belay.agent;

import io.belay.agent.log.Log;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks each class up by its name as it loads, and wakes the rest of the agent for the first that a
 * boundary names. The names are an index that the build makes: reading it costs a fraction of what
 * loading the boundaries would.
 */
final class FirstUse implements ClassFileTransformer {
  private static final String INDEX = "wanted.index";

  private final Assembly assembly;
  private final Set<String> names = new HashSet<>(1024);
  private volatile @Nullable Weaver weaver;

  FirstUse(Assembly assembly) {
    this.assembly = assembly;
  }

  /** The class of that name is wanted too. Before {@link #canWait}. */
  void alsoFor(String binaryName) {
    names.add(binaryName.replace('.', '/'));
  }

  /** Whether nothing that is wanted has been loaded yet, so that the first can be waited for. */
  boolean canWait(Instrumentation instrumentation) {
    try {
      names.addAll(BootClasses.lines(INDEX));
    } catch (IOException missing) {
      Log.error("belay.jar lacks its index, so the start takes longer", missing);
      return false;
    }
    return isFirst(instrumentation);
  }

  /** From now on {@code weaver} decides about each class. */
  void passTo(Weaver weaver) {
    this.weaver = weaver;
  }

  /**
   * Whether nobody was here before us but the JVM itself. Another agent may have made it load what
   * is wanted; its own class then came through the system's loader.
   */
  private static boolean isFirst(Instrumentation instrumentation) {
    ClassLoader system = FirstUse.class.getClassLoader();
    for (Class<?> loaded : instrumentation.getInitiatedClasses(system)) {
      if (loaded.getClassLoader() == system
          && !loaded.isArray()
          && !loaded.getName().startsWith("io.belay.")) {
        return false;
      }
    }
    return true;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    Weaver known = weaver;
    if (known == null) {
      if (name == null || !names.contains(name) || assembly.parts() == null) {
        return null;
      }
      known = weaver;
    }
    return known == null ? null : known.transform(loader, name, redefined, domain, bytes);
  }
}
