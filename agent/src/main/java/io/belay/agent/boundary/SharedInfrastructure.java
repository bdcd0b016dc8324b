package io.belay.agent.boundary;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What serves whoever comes and so works for no run: a table of names, each with its reason. */
public final class SharedInfrastructure {
  private static final String TABLE = "infrastructure.txt";

  private SharedInfrastructure() {}

  /** The lines of the table; what they mean stands at its head. */
  public static List<String> lines() {
    try (InputStream in = SharedInfrastructure.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException("the table of infrastructure is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
