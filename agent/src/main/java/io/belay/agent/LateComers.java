package io.belay.agent;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what would have been discovered by its use if Belay had been there from the start: classes
 * that are loaded already and whose objects the application may hold, such as the connections of a
 * pool that was filled long ago.
 */
final class LateComers {
  private static final Map<String, String> GROUPS =
      Map.of(
          "jdbc.driver", "java.sql.Driver",
          "jdbc.connection", "java.sql.Connection",
          "jdbc.statement", "java.sql.Statement",
          "jdbc.data-source", "javax.sql.DataSource",
          "jdbc.xa-data-source", "javax.sql.XADataSource");

  private LateComers() {}

  /** All of them. */
  static void discover(Weaver weaver, Class<?>[] loaded) {
    GROUPS.forEach(
        (group, name) -> {
          Class<?> type = find(name);
          if (type != null) {
            for (Class<?> each : loaded) {
              if (type.isAssignableFrom(each) && isOfTheApplication(each)) {
                weaver.discovered(group, each);
              }
            }
          }
        });
  }

  private static boolean isOfTheApplication(Class<?> type) {
    return !type.isInterface()
        && !type.isHidden()
        && type.getClassLoader() != null
        && type.getClassLoader() != ClassLoader.getPlatformClassLoader();
  }

  /** {@code null} in an image without that module. */
  private static @Nullable Class<?> find(String name) {
    try {
      return Class.forName(name, false, ClassLoader.getPlatformClassLoader());
    } catch (ClassNotFoundException notInThisImage) {
      return null;
    }
  }
}
