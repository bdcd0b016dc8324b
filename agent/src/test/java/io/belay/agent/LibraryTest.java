package io.belay.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Names of libraries, from where their classes came. */
class LibraryTest {
  @Test
  void theNameOfTheJarTellsNameAndVersion() {
    assertEquals(
        new Library("okhttp", "4.12.0"), Library.ofJar("file:/app/libs/okhttp-4.12.0.jar"));
    assertEquals(
        new Library("tomcat-embed-core", "10.1.61"),
        Library.ofJar("file:/app/tomcat-embed-core-10.1.61.jar"));
    assertEquals(new Library("driver", ""), Library.ofJar("file:/app/driver.jar"));
    assertEquals(Library.UNKNOWN, Library.ofJar("file:/app/classes/"));
  }

  @Test
  void ofJarsInsideOneAnotherTheInnermostCounts() {
    assertEquals(
        new Library("okhttp", "5.5.1"),
        Library.ofJar("jar:nested:/srv/app-1.0.jar/!BOOT-INF/lib/okhttp-5.5.1.jar!/"));
  }

  @Test
  void classesOfTheJdkAreJavas() {
    assertEquals("Java", Library.of(String.class).name());
  }
}
