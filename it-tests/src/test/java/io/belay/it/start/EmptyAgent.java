package io.belay.it.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;

/** An agent that does nothing: what any agent costs, and what the JVM loads for it. */
final class EmptyAgent {
  private EmptyAgent() {}

  /** A jar with its one class, which is on no other class path. */
  static Path jar(Path folder) throws IOException {
    Path source =
        Files.writeString(
            folder.resolve("Nothing.java"),
            "public class Nothing { public static void premain(String arguments) {} }");
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, "--release", "17", source.toString());
    if (status != 0) {
      throw new IllegalStateException("javac: " + status);
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", "Nothing");
    Path jar = folder.resolve("empty-agent.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry("Nothing.class"));
      out.write(Files.readAllBytes(folder.resolve("Nothing.class")));
    }
    return jar;
  }
}
