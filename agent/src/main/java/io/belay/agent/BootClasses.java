package io.belay.agent;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Puts {@code io.belay.api} and {@code io.belay.boot} into the boot loader, where woven classes of
 * the JDK find them.
 *
 * <p>They are defined there one by one with the JDK's internal {@code Unsafe}, to which {@link
 * Instrumentation#redefineModule} opens the door. Appending a jar to the boot loader's search path
 * is the documented way and the fall-back, but it makes HotSpot print a warning and turns
 * class-data sharing off for the application's classes.
 */
final class BootClasses {
  private static final String ROOT = "META-INF/belay/";

  /** Open while the JVM starts. */
  private static @Nullable JarFile jar;

  private BootClasses() {}

  /** Nothing more will be read. */
  static synchronized void close() throws IOException {
    JarFile known = jar;
    jar = null;
    if (known != null) {
      known.close();
    }
  }

  static synchronized void define(Instrumentation instrumentation) throws IOException {
    if (present()) {
      return; // Attached once more.
    }
    try {
      defineOneByOne(instrumentation);
    } catch (Throwable impossible) {
      append(instrumentation);
    }
    if (!present()) {
      throw new IOException("the boot loader did not take Belay's classes");
    }
  }

  /** Whether they are there: Belay was attached before. */
  static boolean present() {
    try {
      Class.forName("io.belay.boot.Gate", false, null);
      Class.forName("io.belay.api.Belay", false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static void defineOneByOne(Instrumentation instrumentation) throws Throwable {
    JavaBase.export(instrumentation, "jdk.internal.misc");
    Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
    Object unsafe = type.getMethod("getUnsafe").invoke(null);
    // A handle, not reflection: for a method of six parameters, that builds more than it calls.
    MethodHandle define =
        MethodHandles.lookup()
            .findVirtual(
                type,
                "defineClass",
                MethodType.methodType(
                    Class.class,
                    String.class,
                    byte[].class,
                    int.class,
                    int.class,
                    ClassLoader.class,
                    ProtectionDomain.class))
            .bindTo(unsafe);
    Deque<String> names = lines("boot.index");
    int failures = 0;
    // A class needs its superclass first; the index knows no order, so who comes too early waits.
    for (String name = names.poll(); name != null; name = names.poll()) {
      byte[] bytes = read(name);
      try {
        Class<?> defined =
            (Class<?>)
                define.invokeExact(
                    (String) null,
                    bytes,
                    0,
                    bytes.length,
                    (ClassLoader) null,
                    (ProtectionDomain) null);
        failures = defined == null ? failures : 0;
      } catch (NoClassDefFoundError early) {
        names.add(name);
        if (++failures > names.size()) {
          throw early;
        }
      }
    }
  }

  /** The lines of an index. By hand, since readers would have to be loaded. */
  static Deque<String> lines(String name) throws IOException {
    Deque<String> lines = new ArrayDeque<>(256);
    String all = new String(read(name), StandardCharsets.ISO_8859_1);
    int from = 0;
    for (int to = all.indexOf('\n'); to >= 0; to = all.indexOf('\n', from)) {
      lines.add(all.substring(from, to));
      from = to + 1;
    }
    return lines;
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = resource(name)) {
      return in.readAllBytes();
    }
  }

  /**
   * Read from the jar itself: asking the class loader would ask its parents first, and with them
   * the JDK's whole image.
   */
  private static InputStream resource(String name) throws IOException {
    JarFile jar = opened();
    ZipEntry entry = jar.getEntry(ROOT + name);
    if (entry == null) {
      throw new IOException("belay.jar lacks " + ROOT + name);
    }
    return jar.getInputStream(entry);
  }

  private static JarFile opened() throws IOException {
    JarFile known = jar;
    if (known == null) {
      URL location = BootClasses.class.getProtectionDomain().getCodeSource().getLocation();
      String path = location.getPath();
      // Made a URI only where it must be: that is more classes than a plain path needs.
      known =
          new JarFile(
              path.indexOf('%') < 0 ? new File(path) : new File(URI.create(location.toString())),
              false);
      jar = known;
    }
    return known;
  }

  private static void append(Instrumentation instrumentation) throws IOException {
    File copy = File.createTempFile("belay-boot", ".jar");
    copy.deleteOnExit();
    try (FileOutputStream out = new FileOutputStream(copy)) {
      out.write(read("belay-boot.jar"));
    }
    instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(copy));
  }

  /** Opens packages of java.base to Belay's own module. */
  static final class JavaBase {
    private JavaBase() {}

    /** For reflection on what is private. */
    static void open(Instrumentation instrumentation, String name) {
      redefine(instrumentation, name, Map.of(name, Set.of(BootClasses.class.getModule())));
    }

    /** For what is public. */
    static void export(Instrumentation instrumentation, String name) {
      redefine(instrumentation, name, Map.of());
    }

    private static void redefine(
        Instrumentation instrumentation, String name, Map<String, Set<Module>> opened) {
      instrumentation.redefineModule(
          Object.class.getModule(),
          Set.of(),
          Map.of(name, Set.of(BootClasses.class.getModule())),
          opened,
          Set.of(),
          Map.of());
    }
  }
}
