package io.belay.agent;

import io.belay.agent.boundary.Boundaries;
import io.belay.agent.boundary.Boundary;
import io.belay.agent.boundary.Declared;
import io.belay.agent.boundary.Sites;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.TreeSet;

/** Writes the index that {@link FirstUse} reads. Part of the build, not of the running agent. */
final class Wanted {
  private Wanted() {}

  /** The internal name of every class that is woven before there is a run. */
  static SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    names.add(BondField.TYPE);
    for (Boundary boundary : Boundaries.ALL) {
      Sites sites = new Sites(boundary.name());
      boundary.declare(sites);
      for (Declared declared : sites.declared()) {
        if (!declared.deferred()) {
          for (String type : declared.types()) {
            names.add(type.replace('.', '/'));
          }
        }
      }
    }
    return names;
  }

  /** Writes them to the file named by the first argument, one a line. */
  public static void main(String[] arguments) throws IOException {
    try (PrintStream out = new PrintStream(arguments[0], StandardCharsets.US_ASCII)) {
      for (String name : names()) {
        out.print(name + '\n');
      }
    }
  }
}
