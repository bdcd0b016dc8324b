package io.belay.agent;

import io.belay.agent.log.Log;
import io.belay.agent.rule.MethodPattern;
import io.belay.agent.rule.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The one line that Belay says when it starts: version, limits, control plane. */
final class StartLine {
  private final Settings settings;
  private boolean said; // Guarded by this.

  StartLine(Settings settings) {
    this.settings = settings;
  }

  /**
   * Says it, once.
   *
   * @param address where the control plane is; empty when there is none
   */
  synchronized void say(String address) {
    if (said) {
      return;
    }
    said = true;
    StringBuilder line = new StringBuilder("belay ").append(version());
    if (settings.get(Keys.MODE) == Mode.OBSERVE) {
      line.append(" observes and enforces nothing");
    }
    line.append("; limits: ").append(limits());
    line.append("; control plane: ").append(address.isEmpty() ? "off" : address);
    List<MethodPattern> entries = settings.get(Keys.RUN_ENTRYPOINTS);
    if (!entries.isEmpty()) {
      line.append("; entry points: ").append(entries.size());
      String unmatched = unmatched(entries);
      if (!unmatched.isEmpty()) {
        line.append(", of which match nothing on the class path so far: ").append(unmatched);
      }
    }
    Log.info(line.toString());
  }

  static String version() {
    @Nullable String version = BelayAgent.class.getPackage().getImplementationVersion();
    return version == null ? "(unpackaged)" : version;
  }

  private String limits() {
    StringBuilder set = new StringBuilder();
    for (Key<?> key : Keys.all()) {
      if (key.name.startsWith("budget.") && settings.source(key) != null) {
        set.append(set.isEmpty() ? "" : ", ").append(key.name.substring("budget.".length()));
        set.append('=').append(shown(key, settings.orNull(key)));
      }
    }
    return set.isEmpty() ? "none" : set.toString();
  }

  /** As it is written in settings; dollars are held in billionths. */
  private static String shown(Key<?> key, @Nullable Object value) {
    if (value instanceof Long billionths && key.name.contains("-usd")) {
      return BigDecimal.valueOf(billionths, 9).stripTrailingZeros().toPlainString();
    }
    if (value instanceof Duration time) {
      return time.toString().substring(2).toLowerCase(Locale.ROOT);
    }
    return String.valueOf(value);
  }

  /** Classes that only a loader of the application's own can see are found out when they load. */
  private static String unmatched(List<MethodPattern> entries) {
    StringBuilder names = new StringBuilder();
    for (MethodPattern entry : entries) {
      String exact = entry.exactClass();
      if (exact != null && !isThere(exact, entry.text())) {
        names.append(names.isEmpty() ? "" : ", ").append(entry.text());
      }
    }
    return names.toString();
  }

  private static boolean isThere(String type, String pattern) {
    String path = type.replace('.', '/') + ".class";
    try (InputStream in = ClassLoader.getSystemResourceAsStream(path)) {
      if (in == null) {
        return false;
      }
      int from = pattern.indexOf('#') + 1;
      int to = pattern.indexOf('(', from) < 0 ? pattern.length() : pattern.indexOf('(', from);
      String method = pattern.substring(from, to);
      // The constant pool has every declared name as it is; a name in a comment it has not.
      return method.indexOf('*') >= 0
          || new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains(method);
    } catch (IOException e) {
      return false;
    }
  }
}
