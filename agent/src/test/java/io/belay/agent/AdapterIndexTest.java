package io.belay.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.boot.Adapter;
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

/**
 * An adapter is defined next to its library. So must be each class that it uses and that knows the
 * library's types; the others are found where Belay is.
 */
class AdapterIndexTest {
  private static final String PACKAGE = "io/belay/agent/http/";

  @Test
  void namesAllThatKnowTheLibrary() throws Exception {
    int adapters = 0;
    for (String name : names()) {
      Class<?> type =
          Class.forName("io.belay.agent.http." + name, false, getClass().getClassLoader());
      if (isAdapter(type) || AdapterIndex.NESTED.containsKey(name)) {
        adapters++;
        Set<String> brought = new TreeSet<>(AdapterIndex.of(name));
        for (String needed : reached(name)) {
          if (knowsALibrary(needed)) {
            assertTrue(
                brought.contains("io.belay.agent.http." + needed), name + " needs " + needed);
          }
        }
      }
    }
    assertTrue(adapters > 20, "found " + adapters);
  }

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

  private static boolean isAdapter(Class<?> type) {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      if (at == Adapter.class && type != Adapter.class) {
        return true;
      }
    }
    return false;
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

  private static boolean knowsALibrary(String name) throws IOException {
    return used(name).stream()
        .anyMatch(type -> !type.matches("(java|javax|jdk|sun|com/sun|io/belay|org/jspecify)/.*"));
  }

  /** The classes that the class file names. */
  private static Set<String> used(String name) throws IOException {
    Set<String> used = new TreeSet<>();
    try (InputStream in =
        AdapterIndex.class.getClassLoader().getResourceAsStream(PACKAGE + name + ".class")) {
      ClassReader reader = new ClassReader(in);
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
    }
    return used;
  }
}
