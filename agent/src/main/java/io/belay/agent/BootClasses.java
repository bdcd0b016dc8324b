package io.belay.agent;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.net.URLDecoder;
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

  /** Open while the classes are being defined. */
  private static @Nullable JarFile jar;

  private BootClasses() {}

  static synchronized void define(Instrumentation instrumentation) throws IOException {
    if (present()) {
      return; // Attached once more.
    }
    try {
      defineOneByOne(instrumentation);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError impossible) {
      append(instrumentation);
    }
    opened().close();
    jar = null;
    if (!present()) {
      throw new IOException("the boot loader did not take Belay's classes");
    }
  }

  private static boolean present() {
    try {
      Class.forName("io.belay.boot.Gate", false, null);
      Class.forName("io.belay.api.Belay", false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static void defineOneByOne(Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    JavaBase.open(instrumentation, "jdk.internal.misc");
    Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
    Object unsafe = type.getMethod("getUnsafe").invoke(null);
    Method define =
        type.getMethod(
            "defineClass",
            String.class,
            byte[].class,
            int.class,
            int.class,
            ClassLoader.class,
            ProtectionDomain.class);
    Deque<String> names = index();
    int failures = 0;
    // A class needs its superclass first; the index knows no order, so who comes too early waits.
    for (String name = names.poll(); name != null; name = names.poll()) {
      byte[] bytes = read(name);
      try {
        define.invoke(unsafe, null, bytes, 0, bytes.length, null, null);
        failures = 0;
      } catch (ReflectiveOperationException early) {
        names.add(name);
        if (++failures > names.size()) {
          throw early;
        }
      }
    }
  }

  private static Deque<String> index() throws IOException {
    Deque<String> names = new ArrayDeque<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(resource("boot.index"), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty()) {
          names.add(line);
        }
      }
    }
    return names;
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
      String path = BootClasses.class.getProtectionDomain().getCodeSource().getLocation().getPath();
      known = new JarFile(new File(URLDecoder.decode(path, StandardCharsets.UTF_8)), false);
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

    static void open(Instrumentation instrumentation, String name) {
      Set<Module> us = Set.of(BootClasses.class.getModule());
      instrumentation.redefineModule(
          Object.class.getModule(),
          Set.of(),
          Map.of(name, us),
          Map.of(name, us),
          Set.of(),
          Map.of());
    }
  }
}
