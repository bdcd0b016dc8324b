package io.belay.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the user configured: the only place that reads agent arguments, system properties, the
 * environment and the YAML file, in this order of precedence. Immutable and safe for any thread.
 *
 * <p>{@link #read} runs before {@code main}: it uses neither regular expressions, lambdas nor
 * {@code java.nio.file}, and no YAML class unless a file is named.
 */
final class Settings {
  private final Map<String, Object> values;
  private final Map<String, String> sources;
  private final List<String> warnings;

  private Settings(Map<String, Object> values, Map<String, String> sources, List<String> warnings) {
    this.values = values;
    this.sources = sources;
    this.warnings = warnings;
  }

  /**
   * Reads the settings of this JVM.
   *
   * @param arguments the agent's arguments, null for none
   * @throws SettingsException when a value cannot be read; the caller prints the message on
   *     standard error and ends the JVM with status 1. Not thrown under {@code enabled=false}.
   */
  static Settings read(@Nullable String arguments) throws SettingsException {
    return read(arguments, System.getProperties(), System.getenv());
  }

  static Settings read(
      @Nullable String arguments, Properties properties, Map<String, String> environment)
      throws SettingsException {
    return new Reading().read(arguments, properties, environment);
  }

  /**
   * The value of a key: what was configured, else its default. Parses defaults anew each time: read
   * once and keep.
   *
   * @throws IllegalStateException when the key has no default and was not set: ask {@link #orNull}
   */
  <T> T get(Key<T> key) {
    T value = orNull(key);
    if (value == null) {
      throw new IllegalStateException(key + " is not set and has no default");
    }
    return value;
  }

  /** The value of a key, or null when it is not set and has no default. */
  @SuppressWarnings("unchecked") // Key's factories tie T to what its Type parses
  <T> @Nullable T orNull(Key<T> key) {
    Object value = values.get(key.name);
    if (value == null && key.fallback != null) {
      value = Reading.parse(key, key.fallback, null);
    }
    return (T) value;
  }

  /** These settings with those that were set in {@code more}. */
  Settings with(Settings more) {
    Map<String, Object> all = new HashMap<>(values);
    all.putAll(more.values);
    Map<String, String> from = new HashMap<>(sources);
    from.putAll(more.sources);
    return new Settings(all, from, warnings);
  }

  /** Whether the boundary of that name is to be woven. */
  boolean boundary(String name) {
    return get(Keys.boundary(name));
  }

  /** What the JVM calls itself. */
  static String machine() {
    return System.getProperty("java.vm.name", "");
  }

  /** Where the key was set ({@code -Dbelay.mode}, {@code belay.yaml:3}), or null if nowhere. */
  @Nullable String source(Key<?> key) {
    return sources.get(key.name);
  }

  /** What the user should know and the caller logs once, such as unknown keys; one line each. */
  List<String> warnings() {
    return warnings;
  }

  /** The reading itself, its state thrown away afterwards. */
  private static final class Reading {
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, String> sources = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    Settings read(@Nullable String arguments, Properties properties, Map<String, String> variables)
        throws SettingsException {
      if (arguments != null && !arguments.isBlank()) {
        takeAll(AgentArguments.parse(arguments, problems), true);
      }
      takeProperties(properties);
      takeVariables(variables);
      // Nothing else counts for an agent that does nothing: not even what is wrong.
      if (Boolean.FALSE.equals(values.get(Keys.ENABLED.name))) {
        return off();
      }
      Object file = values.get(Keys.CONFIG.name);
      if (file != null) {
        takeAll(YamlFile.read((String) file, problems), true);
        if (Boolean.FALSE.equals(values.get(Keys.ENABLED.name))) {
          return off();
        }
      }
      if (problems.isEmpty()) {
        check();
      }
      if (!problems.isEmpty()) {
        throw new SettingsException(problems);
      }
      return new Settings(values, sources, List.copyOf(warnings));
    }

    private Settings off() {
      return new Settings(Map.of(Keys.ENABLED.name, false), sources, List.of());
    }

    private void takeProperties(Properties properties) {
      for (Enumeration<?> names = properties.propertyNames(); names.hasMoreElements(); ) {
        if (names.nextElement() instanceof String name && name.startsWith("belay.")) {
          String text = properties.getProperty(name);
          if (text != null) {
            take(new Given(name.substring(6), "-D" + name, text, null));
          }
        }
      }
    }

    private void takeVariables(Map<String, String> variables) {
      for (Map.Entry<String, String> variable : variables.entrySet()) {
        String name = variable.getKey();
        if (name.startsWith("BELAY_")) {
          Key<?> key = Keys.findVariable(name);
          if (variable.getValue().isEmpty()) {
            isEmpty(name, key);
          } else if (key == null) {
            String guess = Values.lower(name.substring(6)).replace('_', '.');
            warn(name, Nearest.key(guess).variable());
          } else {
            take(new Given(key.name, name, variable.getValue(), null));
          }
        }
      }
    }

    /** That is how compose files and shells say "not set"; but whoever names a limit wants one. */
    private void isEmpty(String name, @Nullable Key<?> key) {
      if (key != null && key.name.startsWith("budget.")) {
        warnings.add(name + " is empty: it sets no limit");
      }
    }

    /** Takes a source in which a name may stand only once. */
    private void takeAll(List<Given> all, boolean once) {
      for (int i = 0; i < all.size(); i++) {
        for (int j = 0; once && j < i; j++) {
          if (all.get(j).name().equals(all.get(i).name())) {
            problems.add(all.get(i).where() + ": set twice, first by " + all.get(j).where());
          }
        }
        take(all.get(i));
      }
    }

    private void take(Given given) {
      Key<?> key = Keys.find(given.name());
      if (key == null) {
        warn(given.where(), Nearest.key(given.name()).property());
      } else if (!sources.containsKey(key.name)) {
        sources.put(key.name, given.where());
        try {
          values.put(key.name, parse(key, given.text(), given.elements()));
        } catch (IllegalArgumentException e) {
          problems.add(problem(key, given, e.getMessage()));
        }
      }
    }

    static Object parse(Key<?> key, String text, @Nullable List<String> elements) {
      if (!key.type.isList()) {
        if (elements != null && key.type != Type.DISCONNECT) {
          throw new IllegalArgumentException("it is a list");
        }
        return key.type.parse(key, elements == null ? text : join(elements));
      }
      List<Object> parsed = new ArrayList<>();
      for (String element : elements == null ? key.type.split(text) : elements) {
        try {
          parsed.add(key.type.parse(key, element));
        } catch (IllegalArgumentException e) {
          String what = e.getMessage() == null ? "" : ": " + e.getMessage();
          throw new IllegalArgumentException("\"" + clean(element) + "\"" + what, e);
        }
      }
      return List.copyOf(parsed);
    }

    private static String join(List<String> elements) {
      StringBuilder out = new StringBuilder();
      for (String element : elements) {
        out.append(out.length() == 0 ? "" : ",").append(element);
      }
      return out.toString();
    }

    private static String problem(Key<?> key, Given given, @Nullable String why) {
      StringBuilder out = new StringBuilder(oneLine(given.where())).append(": cannot read ");
      if (key.type.isList() || given.elements() != null) {
        out.append(key.property()).append(why == null ? "" : ": " + why);
      } else {
        out.append(key.type.isSecret() ? "its value" : "\"" + clean(given.text()) + "\"");
        out.append(why == null ? "" : ": " + why);
      }
      return out.append("; expected ").append(key.accepts()).toString();
    }

    /** A value as it may stand in one line: bounded, and without the user info of a URL. */
    private static String clean(String text) {
      String line = oneLine(text);
      int scheme = line.indexOf("://");
      int at = line.lastIndexOf('@');
      if (scheme >= 0 && at > scheme) {
        line = line.substring(0, scheme + 3) + "***" + line.substring(at);
      }
      return line.length() > 80 ? line.substring(0, 80) + "..." : line;
    }

    private static String oneLine(String text) {
      StringBuilder out = new StringBuilder(text.length());
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        out.append(Character.isISOControl(c) ? ' ' : c);
      }
      return out.toString();
    }

    private void warn(String where, String nearest) {
      warnings.add("unknown setting " + oneLine(where) + ": did you mean " + nearest + "?");
    }

    /** What single values cannot tell. */
    private void check() {
      String bind = (String) values.get(Keys.HTTP_BIND.name);
      if (values.containsKey(Keys.HTTP_PORT.name)
          && bind != null
          && !Values.isLoopback(bind)
          && !values.containsKey(Keys.HTTP_TOKEN.name)) {
        problems.add(
            sources.get(Keys.HTTP_BIND.name)
                + ": the control plane may listen on \""
                + clean(bind)
                + "\" only with a token; set "
                + Keys.HTTP_TOKEN
                + " or leave "
                + Keys.HTTP_BIND
                + " at 127.0.0.1");
      }
      for (Key<?> limit : Keys.BUDGET_KEY.all()) {
        needs(limit, Keys.BUDGET_KEY_FROM, "header:X-Api-Key");
        if (values.get(limit.name) != null) {
          checkCallers(limit);
        }
      }
      needs(Keys.WATCH_JDBC_URL, Keys.WATCH_JDBC_QUERY, "SELECT 1 FROM jobs WHERE id = ? AND stop");
      needs(Keys.WATCH_JDBC_QUERY, Keys.WATCH_JDBC_URL, "jdbc:postgresql://db/app");
      needs(Keys.ON_STOP_SECRET, Keys.ON_STOP, "https://ops.acme.com/stopped");
      needs(Keys.ACCEPT, Keys.PROPAGATE_SECRET, "a text that all peers share");
      if (values.get(Keys.REQUIRE.name) instanceof List<?> required) {
        for (Object name : required) {
          Key<?> boundary = Keys.boundary((String) name);
          if (Boolean.FALSE.equals(values.get(boundary.name))) {
            problems.add(
                sources.get(boundary.name)
                    + ": switches off what "
                    + sources.get(Keys.REQUIRE.name)
                    + " requires; drop one of the two");
          }
        }
      }
    }

    /** Callers are told apart by their requests, and what they use counts for a while. */
    private void checkCallers(Key<?> limit) {
      if (Boolean.FALSE.equals(values.get(Keys.RUN_HTTP.name))) {
        problems.add(
            sources.get(limit.name)
                + ": has no effect with "
                + Keys.RUN_HTTP.property()
                + "=false, as callers are known by their requests");
      }
      if (Duration.ZERO.equals(values.get(Keys.BUDGET_KEY_WINDOW.name))) {
        problems.add(sources.get(Keys.BUDGET_KEY_WINDOW.name) + ": a window has some length");
      }
    }

    /** A setting that would silently do nothing without another is an error. */
    private void needs(Key<?> key, Key<?> other, String example) {
      Object value = values.get(key.name);
      Object there = values.get(other.name);
      boolean missing = there == null || there instanceof List<?> list && list.isEmpty();
      if (value != null && !Boolean.FALSE.equals(value) && missing) {
        problems.add(
            sources.get(key.name)
                + ": has no effect without "
                + other.property()
                + "; set it, such"
                + " as "
                + other.property()
                + "="
                + example);
      }
    }
  }
}
