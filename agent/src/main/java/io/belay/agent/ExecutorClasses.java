package io.belay.agent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds executors that an application or a library has made itself: among the classes that are
 * there when the first run begins by asking the JVM, among those that come later by the names of
 * their direct supertypes, which stand in the class file. Until the first run nothing is looked at.
 */
final class ExecutorClasses {
  private static final String[] ROOTS = {
    "java/util/concurrent/Executor",
    "java/util/concurrent/ExecutorService",
    "java/util/concurrent/ScheduledExecutorService",
    "java/util/concurrent/AbstractExecutorService"
  };

  private static final String[] WORDS = {"Execut", "EventLoop", "Scheduler", "Dispatch", "Pool"};

  private final String[] words;

  /** What was looked up and is no executor. */
  private final Set<String> others = ConcurrentHashMap.newKeySet();

  private final Set<String> names = ConcurrentHashMap.newKeySet();

  ExecutorClasses() {
    this(ROOTS, WORDS);
  }

  /** Finds in the same way what descends from {@code roots}, in classes that such words name. */
  ExecutorClasses(String[] roots, String... words) {
    this.words = words;
    names.addAll(List.of(roots));
  }

  /** Those of {@code loaded} that are executors of their own, and are known as such from now on. */
  List<Class<?>> among(Class<?>[] loaded) {
    List<Class<?>> found = new ArrayList<>();
    for (Class<?> type : loaded) {
      if (Executor.class.isAssignableFrom(type)
          && !ThreadPoolExecutor.class.isAssignableFrom(type)
          && type.getClassLoader() != null
          && !isOurs(type.getName())
          && !type.isHidden()) {
        names.add(type.getName().replace('.', '/'));
        found.add(type);
      }
    }
    return found;
  }

  static boolean isOurs(String name) {
    return name.startsWith("io.belay.agent.") || name.startsWith("io.belay.shaded.");
  }

  /**
   * Whether the class names an executor as its superclass or one of its interfaces.
   *
   * @param read the class file of a supertype. The JVM shows a class before its supertypes, so what
   *     is not known yet is looked up, where a name suggests an executor.
   */
  boolean isOne(String name, byte[] classFile, Function<String, byte @Nullable []> read) {
    return isOne(name, supertypes(classFile), read);
  }

  /** The same, by the names of its direct supertypes. */
  boolean isOne(String name, List<String> supertypes, Function<String, byte @Nullable []> read) {
    for (String type : supertypes) {
      if (isOne(name, type, read)) {
        names.add(name);
        return true;
      }
    }
    return false;
  }

  /** The names of the direct supertypes of a class. */
  static List<String> supertypes(byte[] classFile) {
    ByteBuffer in = ByteBuffer.wrap(classFile);
    int[] constants = new int[in.getShort(8) & 0xffff];
    int at = BondField.index(in, constants);
    int count = 1 + (in.getShort(at + 6) & 0xffff);
    List<String> supertypes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      // The superclass stands before the number of interfaces, these stand behind it.
      int type = in.getShort(i == 0 ? at + 4 : at + 6 + 2 * i) & 0xffff;
      if (type != 0) {
        supertypes.add(className(in, constants, type));
      }
    }
    return supertypes;
  }

  private boolean isOne(String of, String above, Function<String, byte @Nullable []> read) {
    if (names.contains(above)) {
      return true;
    }
    if (above.startsWith("java/") || !(suggests(above) || suggests(of)) || others.contains(above)) {
      return false;
    }
    byte[] classFile = read.apply(above);
    boolean one = classFile != null && isOne(above, classFile, read);
    if (!one) {
      others.add(above);
    }
    return one;
  }

  private boolean suggests(String name) {
    for (String word : words) {
      if (name.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static String className(ByteBuffer in, int[] constants, int type) {
    int text = constants[in.getShort(constants[type] + 1) & 0xffff];
    int length = in.getShort(text + 1) & 0xffff;
    byte[] bytes = new byte[length];
    in.get(text + 3, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
