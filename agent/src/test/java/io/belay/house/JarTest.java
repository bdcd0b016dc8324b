package io.belay.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is in belay.jar, and what must not be. */
class JarTest {
  private static final long MOST_BYTES = 8 * 1024 * 1024;
  private static final Set<String> LIBRARIES =
      Set.of("net/bytebuddy", "org/slf4j", "com/fasterxml", "org/snakeyaml", "org/jspecify");

  private final Path path = Path.of(System.getProperty("belay.jar"));
  private JarFile jar;
  private List<String> files;

  @BeforeEach
  void open() throws IOException {
    jar = new JarFile(path.toFile());
    files =
        jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).sorted().toList();
  }

  @AfterEach
  void close() throws IOException {
    jar.close();
  }

  @Test
  void everythingIsOursOrMetadata() {
    assertEquals(
        Set.of("META-INF", "io/belay"),
        files.stream()
            .map(name -> name.startsWith("io/belay/") ? "io/belay" : name.split("/")[0])
            .collect(Collectors.toSet()));
  }

  @Test
  void noLibraryKeepsItsOwnName() throws IOException {
    for (String library : LIBRARIES) {
      assertEquals(
          List.of(),
          files.stream().filter(name -> name.contains(library)).toList(),
          "under its own name: " + library);
    }
  }

  @Test
  void noClassStillRefersToALibraryUnderItsOwnName() throws IOException {
    for (String name : files) {
      // Adapters name the library they are written for; nothing else may.
      if (name.endsWith(".class")) {
        String constants = new String(read(name), StandardCharsets.ISO_8859_1);
        for (String library : LIBRARIES) {
          assertTrue(
              library.equals("org/jspecify") || !constants.contains("L" + library + "/"),
              name + " refers to " + library);
        }
      }
    }
  }

  @Test
  void bootClassesTravelAsDataAndAsAJarButNeverAsClasses() throws IOException {
    assertEquals(
        List.of(),
        files.stream()
            .filter(name -> name.endsWith(".class"))
            .filter(name -> name.startsWith("io/belay/api/") || name.startsWith("io/belay/boot/"))
            .toList());

    TreeMap<String, byte[]> nested = new TreeMap<>();
    try (JarInputStream boot =
        new JarInputStream(new ByteArrayInputStream(read("META-INF/belay/belay-boot.jar")))) {
      for (ZipEntry entry = boot.getNextEntry(); entry != null; entry = boot.getNextEntry()) {
        if (entry.getName().endsWith(".class") && !entry.getName().endsWith("package-info.class")) {
          nested.put(
              "boot/" + entry.getName().replace(".class", ".classdata"), boot.readAllBytes());
        }
      }
    }
    List<String> listed =
        new String(read("META-INF/belay/boot.index"), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isEmpty())
            .toList();
    assertEquals(List.copyOf(nested.keySet()), listed);
    assertEquals(
        listed.stream().map(line -> "META-INF/belay/" + line).toList(),
        files.stream().filter(name -> name.endsWith(".classdata")).toList());
    for (String line : listed) {
      assertEquals(
          new String(nested.get(line), StandardCharsets.ISO_8859_1),
          new String(read("META-INF/belay/" + line), StandardCharsets.ISO_8859_1),
          line);
    }
  }

  @Test
  void everyServiceAndItsProvidersAreInside() throws IOException {
    for (String service : files) {
      if (service.startsWith("META-INF/services/")) {
        String providers = new String(read(service), StandardCharsets.UTF_8);
        for (String type : (service.substring(18) + "\n" + providers).split("\n")) {
          assertTrue(
              files.contains(type.strip().replace('.', '/') + ".class"), service + ": " + type);
        }
      }
    }
  }

  @Test
  void theManifestSaysWhereTheJvmBegins() throws IOException {
    Attributes manifest = jar.getManifest().getMainAttributes();
    for (String way : List.of("Premain-Class", "Agent-Class", "Main-Class")) {
      assertEquals("io.belay.agent.BelayAgent", manifest.getValue(way), way);
    }
    assertEquals("true", manifest.getValue("Can-Redefine-Classes"));
    assertEquals("true", manifest.getValue("Can-Retransform-Classes"));
    assertNotNull(manifest.getValue("Implementation-Version"));
    for (String unwanted :
        List.of("Launcher-Agent-Class", "Multi-Release", "Boot-Class-Path", "Class-Path")) {
      assertNull(manifest.getValue(unwanted), unwanted);
    }
  }

  @Test
  void noLeftoverOfTheBuildIsInside() {
    assertEquals(
        List.of(),
        files.stream()
            .filter(
                name ->
                    name.startsWith("META-INF/maven/")
                        || name.startsWith("META-INF/versions/")
                        || name.endsWith("module-info.class")
                        || name.matches("META-INF/[^/]+\\.(SF|RSA|DSA)"))
            .toList());
  }

  @Test
  void licencesOfWhatIsInsideAreInside() {
    for (String licence :
        List.of(
            "META-INF/LICENSE",
            "META-INF/NOTICE",
            "META-INF/licenses/byte-buddy/LICENSE",
            "META-INF/licenses/byte-buddy/ASM",
            "META-INF/licenses/jackson/LICENSE",
            "META-INF/licenses/slf4j/LICENSE.txt")) {
      assertTrue(files.contains(licence), licence);
    }
  }

  @Test
  void theJarIsSmall() throws IOException {
    assertTrue(Files.size(path) <= MOST_BYTES, Files.size(path) + " bytes");
  }

  private byte[] read(String name) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return in.readAllBytes();
    }
  }
}
