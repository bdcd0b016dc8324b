package io.belay.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * Keys that the reference has and this version does not act on yet. Whoever sets one relies on it,
 * so the JVM does not start without it: what was asked for must not be silently absent.
 */
final class Unsupported {
  private static final String[] PREFIXES = {
    "redis.", "watch.jdbc.", "propagate", "accept", "compensate",
  };

  private Unsupported() {}

  static void check(Settings settings) throws SettingsException {
    List<String> set = new ArrayList<>();
    for (Key<?> key : Keys.all()) {
      String source = settings.source(key);
      if (source != null && isUnsupported(key.name) && !isOff(settings, key)) {
        set.add(source + ": this version of Belay does not act on it yet; leave it out");
      }
    }
    if (!set.isEmpty()) {
      throw new SettingsException(set);
    }
  }

  private static boolean isOff(Settings settings, Key<?> key) {
    return Boolean.FALSE.equals(settings.orNull(key));
  }

  static boolean isUnsupported(String name) {
    for (String prefix : PREFIXES) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
