package io.belay.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.boot.Adapter;
import io.belay.boot.CallAdapter;
import io.belay.boot.DeferredAdapter;
import io.belay.boot.ServerAdapter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import org.junit.jupiter.api.Test;

/** An adapter is defined next to its library, and so must be each class of Belay's that it uses. */
class AdapterIndexTest {
  private static final String PACKAGE = "io/belay/agent/http/";

  @Test
  void namesNothingThatIsNotThere() throws Exception {
    Set<String> there = new TreeSet<>(names());
    List<String> unknown = new ArrayList<>();
    AdapterIndex.NESTED.forEach(
        (adapter, nested) -> {
          unknown.add(adapter);
          unknown.addAll(nested);
        });
    unknown.addAll(AdapterIndex.OPENED.keySet());
    unknown.removeAll(there);
    assertEquals(List.of(), unknown);
  }

  /**
   * A library's loader may not see Belay's own, as in an application server, or it may, as in a
   * Spring Boot jar: then what is found there is in another package for the JVM, and closed.
   */
  @Test
  void namesAllThatItLeadsTo() throws Exception {
    int adapters = 0;
    List<String> missing = new ArrayList<>();
    for (String name : names()) {
      Class<?> type =
          Class.forName("io.belay.agent.http." + name, false, getClass().getClassLoader());
      boolean asks = isAdapter(type) || AdapterIndex.NESTED.containsKey(name);
      if (asks && !AdapterIndex.OPENED.containsKey(name)) { // Those stay here.
        adapters++;
        List<String> brought = AdapterIndex.of(name);
        for (String needed : reached(name)) {
          if (!brought.contains("io.belay.agent.http." + needed)) {
            missing.add(name + " needs " + needed);
          }
        }
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(adapters > 20, "found " + adapters);
  }

  private static boolean isAdapter(Class<?> type) {
    return Stream.of(Adapter.class, ServerAdapter.class, CallAdapter.class, DeferredAdapter.class)
        .anyMatch(kind -> kind != type && kind.isAssignableFrom(type));
  }

  private static List<String> names() throws Exception {
    Path classes =
        Path.of(AdapterIndex.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.list(classes.resolve(PACKAGE))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
          .map(file -> file.substring(0, file.length() - ".class".length()))
          .toList();
    }
  }

  /** The classes of the package that it leads to, itself among them. */
  private static Set<String> reached(String name) throws IOException {
    Set<String> seen = new TreeSet<>(Set.of(name));
    Deque<String> next = new ArrayDeque<>(seen);
    for (String at = next.poll(); at != null; at = next.poll()) {
      for (String used : used(at)) {
        String simple = used.startsWith(PACKAGE) ? used.substring(PACKAGE.length()) : name;
        if (seen.add(simple)) {
          next.add(simple);
        }
      }
    }
    return seen;
  }

  /** The classes that the class file names. */
  private static Set<String> used(String name) throws IOException {
    Set<String> used = new TreeSet<>();
    ClassReader reader = read(name);
    char[] buffer = new char[reader.getMaxStringLength()];
    for (int i = 1; i < reader.getItemCount(); i++) {
      int at = reader.getItem(i);
      if (at > 0 && reader.readByte(at - 1) == 7) {
        String type = reader.readUTF8(at, buffer);
        if (!type.startsWith("[")) {
          used.add(type);
        }
      }
    }
    return used;
  }

  private static ClassReader read(String name) throws IOException {
    try (InputStream in = loader().getResourceAsStream(PACKAGE + name + ".class")) {
      return new ClassReader(in);
    }
  }

  private static ClassLoader loader() {
    return AdapterIndex.class.getClassLoader();
  }
}
