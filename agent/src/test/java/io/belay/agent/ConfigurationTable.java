package io.belay.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the configuration reference from the table of keys. */
final class ConfigurationTable {
  static final Path FILE = Path.of("../CONFIGURATION.md");

  private ConfigurationTable() {}

  public static void main(String[] arguments) throws IOException {
    Files.writeString(FILE, markdown());
  }

  static String markdown() {
    StringBuilder out = new StringBuilder("# Configuration\n\n");
    out.append(
        "Generated from the table of keys; `ConfigurationTable` in the tests writes it.\n\n");
    out.append("Precedence: agent argument (`http.port=7070`), `-Dbelay.http.port=7070`,");
    out.append(" environment (`BELAY_HTTP_PORT=7070`),\nthe YAML file named by `belay.config`");
    out.append(" (without `belay.`, nested or dotted), the default.\n");
    out.append("A limit of `0` allows nothing; a negative one is an error; unset means no limit.");
    out.append(" In a list, `\\,` is a comma of an element.\n\n");
    out.append("| key | default | meaning | values |\n| --- | --- | --- | --- |\n");
    boolean family = false;
    for (Key<?> key : Keys.all()) {
      boolean member = key.name.startsWith("boundary.");
      if (member && family) {
        continue;
      }
      family |= member;
      String name = member ? "belay.boundary.<name>" : key.property();
      String meaning = member ? "`off`: leave that library alone" : key.meaning;
      if (Unsupported.isUnsupported(key.name)) {
        meaning += "; **not built yet**: a JVM that is asked for it does not start";
      }
      row(out, "`" + name + "`", fallback(key), meaning, key.accepts());
    }
    return out.toString();
  }

  private static String fallback(Key<?> key) {
    if (key.fallback == null) {
      return "none";
    }
    return key.fallback.isEmpty() ? "empty" : "`" + key.fallback + "`";
  }

  private static void row(StringBuilder out, String... cells) {
    for (String cell : cells) {
      out.append("| ").append(cell.replace("|", "\\|")).append(' ');
    }
    out.append("|\n");
  }
}
