package io.belay.agent;

import java.security.CodeSource;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * The library that a class came in, as far as the name of its jar tells.
 *
 * @param version empty when not known
 */
record Library(String name, String version) {
  static final Library UNKNOWN = new Library("", "");

  static Library of(Class<?> type) {
    if (type.getClassLoader() == null || type.getModule().getName() != null) {
      return new Library("Java", Integer.toString(Runtime.version().feature()));
    }
    ProtectionDomain domain = type.getProtectionDomain();
    @Nullable CodeSource source = domain == null ? null : domain.getCodeSource();
    return source == null || source.getLocation() == null
        ? UNKNOWN
        : ofJar(source.getLocation().toString());
  }

  /** {@code .../okhttp-4.12.0.jar}, also inside another jar: the innermost counts. */
  static Library ofJar(String location) {
    int end = location.lastIndexOf(".jar");
    if (end < 0) {
      return UNKNOWN;
    }
    String file = location.substring(location.lastIndexOf('/', end) + 1, end);
    for (int i = file.indexOf('-'); i >= 0; i = file.indexOf('-', i + 1)) {
      if (i + 1 < file.length() && Character.isDigit(file.charAt(i + 1))) {
        return new Library(file.substring(0, i), file.substring(i + 1));
      }
    }
    return new Library(file, "");
  }
}
