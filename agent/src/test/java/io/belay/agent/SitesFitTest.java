package io.belay.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.boundary.Boundaries;
import io.belay.agent.boundary.Boundary;
import io.belay.agent.boundary.Declared;
import io.belay.agent.boundary.Sites;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.api.Test;

/**
 * Holds every name in every boundary against the libraries themselves, the oldest and the newest
 * supported. A name that fits no version is a typing error; one whose class is there but whose
 * method is not means that a version is not covered.
 *
 * <p>To add a library: one line here, one line per jar in this module's pom (execution {@code
 * fit-libs}), which puts {@code artifact-version.jar} into {@code target/fit-libs}.
 */
class SitesFitTest {
  private static final String JDK = "";

  /** Boundary, and the jars that it is held against; {@link #JDK} is the JDK that runs the test. */
  private static final Map<String, List<String>> JARS = new TreeMap<>();

  static {
    JARS.put("thread", List.of(JDK));
    JARS.put("executor", List.of(JDK));
    JARS.put("completable-future", List.of(JDK));
    JARS.put("fork-join", List.of(JDK));
    JARS.put("timer", List.of(JDK));
    JARS.put("connection", List.of(JDK));
    JARS.put("jdk-http-server", List.of(JDK));
    JARS.put(
        "tomcat-websocket",
        List.of(
            "tomcat-embed-websocket-9.0.123",
            "tomcat-embed-websocket-10.1.61",
            "tomcat-embed-websocket-11.0.27"));
    JARS.put(
        "tomcat",
        List.of(
            "tomcat-embed-core-9.0.123", "tomcat-embed-core-10.1.61", "tomcat-embed-core-11.0.27"));
    JARS.put(
        "servlet",
        List.of(
            "tomcat-embed-core-9.0.123",
            "tomcat-embed-core-11.0.27",
            "jetty-server-11.0.26",
            "http2-server-11.0.26",
            "jetty-ee10-servlet-12.1.14",
            "jetty-http2-server-12.1.14",
            "undertow-core-2.3.26.Final",
            "undertow-servlet-2.3.26.Final"));
    JARS.put(
        "kotlin-coroutines",
        List.of("kotlinx-coroutines-core-jvm-1.6.0", "kotlinx-coroutines-core-jvm-1.10.2"));
    JARS.put("scala-future", List.of("scala-library-2.12.20", "scala-library-2.13.16"));
    JARS.put("pekko", List.of("pekko-actor_2.13-1.0.3", "pekko-actor_2.13-1.2.1"));
    JARS.put("guava-future", List.of("guava-30.0-jre", "guava-33.5.0-jre"));
    JARS.put("netty-executor", List.of("netty-common-4.1.53.Final", "netty-common-4.2.5.Final"));
    JARS.put("vertx-context", List.of("vertx-core-4.0.0", "vertx-core-5.0.4"));
    JARS.put("reactor-block", List.of("reactor-core-3.4.0", "reactor-core-3.8.8"));
    JARS.put("java-http-client", List.of(JDK));
    JARS.put("http-url-connection", List.of(JDK));
    JARS.put("jetty-client", List.of("jetty-client-12.0.0", "jetty-client-12.1.14"));
    JARS.put(
        "apache-http-client-5",
        List.of("httpclient5-5.0.4", "httpclient5-5.6.5", "httpcore5-5.0.4", "httpcore5-5.4.4"));
    JARS.put(
        "apache-http-client-4",
        List.of("httpclient-4.3.6", "httpclient-4.5.14", "httpcore-4.3.3", "httpcore-4.4.16"));
    JARS.put(
        "reactor-netty",
        List.of(
            "reactor-netty-http-1.0.0",
            "reactor-netty-http-1.3.7",
            "reactor-netty-core-1.0.0",
            "reactor-netty-core-1.3.7"));
    JARS.put(
        "reactor-netty-server", List.of("reactor-netty-http-1.0.48", "reactor-netty-http-1.3.7"));
    JARS.put(
        "reactor-netty-websocket",
        List.of("reactor-netty-http-1.0.48", "reactor-netty-http-1.3.7"));
    JARS.put("vertx-server", List.of("vertx-core-4.5.20", "vertx-web-4.5.20"));
    JARS.put(
        "webflux",
        List.of(
            "spring-web-5.3.39",
            "spring-webflux-5.3.39",
            "spring-web-7.0.10",
            "spring-webflux-7.0.10"));
    JARS.put(
        "aws-sdk",
        List.of(
            "sdk-core-2.21.46",
            "sdk-core-2.54.14",
            "apache-client-2.21.46",
            "apache-client-2.54.14",
            "apache5-client-2.54.14",
            "url-connection-client-2.21.46",
            "url-connection-client-2.54.14"));
    JARS.put("spring-mvc", List.of("spring-webmvc-5.3.39", "spring-webmvc-7.0.10"));
    JARS.put("spring-web", List.of("spring-web-5.3.39", "spring-web-7.0.9"));
    JARS.put(
        "hibernate",
        List.of(
            "hibernate-core-5.6.15.Final",
            "hibernate-core-6.6.56.Final",
            "hibernate-core-7.4.6.Final"));
    JARS.put(
        "r2dbc",
        List.of(
            "r2dbc-spi-0.9.1.RELEASE",
            "r2dbc-spi-1.0.0.RELEASE",
            "r2dbc-pool-0.9.0.RELEASE",
            "r2dbc-pool-1.0.2.RELEASE",
            "reactor-pool-0.2.7",
            "reactor-pool-1.0.8"));
    JARS.put(
        "vertx-sql",
        List.of(
            "vertx-sql-client-4.5.20",
            "vertx-pg-client-4.5.20",
            "vertx-mysql-client-4.5.20",
            "vertx-sql-client-5.0.4",
            "vertx-pg-client-5.0.4",
            "vertx-mysql-client-5.0.4"));
    JARS.put("openai", List.of("openai-java-core-1.1.0", "openai-java-core-4.100.0"));
    JARS.put("anthropic", List.of("anthropic-java-core-1.0.0", "anthropic-java-core-3.11.0"));
    JARS.put("azure-core", List.of("azure-core-1.55.3"));
    JARS.put("ollama4j", List.of("ollama4j-1.1.6"));
    JARS.put(
        "google-genai", List.of("google-genai-1.0.0", "google-genai-1.70.0", "google-genai-2.2.0"));
    JARS.put(
        "langchain4j",
        List.of(
            "langchain4j-1.0.0",
            "langchain4j-core-1.0.0",
            "langchain4j-1.19.0",
            "langchain4j-core-1.19.0",
            "langchain4j-agentic-1.19.0-beta29"));
    JARS.put("mcp", List.of("mcp-core-0.16.0", "mcp-core-2.1.0"));
    JARS.put("mcp-server", List.of("mcp-core-0.16.0", "mcp-core-1.1.2", "mcp-core-2.1.0"));
    JARS.put(
        "a2a",
        List.of(
            "a2a-java-sdk-server-common-0.2.5",
            "a2a-java-sdk-server-common-0.3.0.Beta1",
            "a2a-java-sdk-server-common-0.3.3.Final"));
    JARS.put("google-adk", List.of("google-adk-1.8.0"));
    JARS.put(
        "spring-ai",
        List.of(
            "spring-ai-client-chat-1.1.0",
            "spring-ai-model-1.1.0",
            "spring-ai-openai-1.1.0",
            "spring-ai-client-chat-1.1.8",
            "spring-ai-model-1.1.8",
            "spring-ai-openai-1.1.8",
            "spring-ai-client-chat-2.0.1",
            "spring-ai-model-2.0.1",
            "spring-ai-openai-2.0.1"));
    JARS.put(
        "okhttp", List.of("okhttp-3.12.13", "okhttp-3.14.9", "okhttp-4.12.0", "okhttp-jvm-5.5.1"));
  }

  @Test
  void everyBoundaryIsHeldAgainstSomething() {
    Set<String> unheld = new HashSet<>();
    Boundaries.ALL.forEach(boundary -> unheld.add(boundary.name()));
    unheld.removeAll(JARS.keySet());
    // JDBC is an interface: its classes are discovered by use, in whatever driver there is.
    assertEquals(Set.of("jdbc"), unheld);
  }

  @Test
  void everySiteFitsTheVersionsItIsMeantFor() throws IOException {
    List<String> misfits = new ArrayList<>();
    for (Boundary boundary : Boundaries.ALL) {
      Sites sites = new Sites(boundary.name());
      boundary.declare(sites);
      List<String> jars = JARS.get(boundary.name());
      if (jars == null) {
        continue;
      }
      for (Declared declared : sites.declared()) {
        if (!declared.types().isEmpty()) {
          misfits.addAll(misfits(declared, jars));
        }
      }
    }
    assertTrue(misfits.isEmpty(), () -> String.join("\n", misfits));
  }

  private static List<String> misfits(Declared declared, List<String> jars) throws IOException {
    List<String> misfits = new ArrayList<>();
    String site = declared.boundary() + ": " + declared.label() + ' ' + declared.parameters();
    int fits = 0;
    for (String jar : jars) {
      Fit fit = fit(declared, jar);
      fits += fit.methods();
      if (fit.classes() > 0 && fit.methods() == 0 && !declared.optional()) {
        misfits.add(site + " matches nothing in " + (jar.equals(JDK) ? "this JDK" : jar));
      }
    }
    if (fits == 0 && !(declared.optional() || onNewerJdksOnly(declared, jars))) {
      misfits.add(site + " matches nothing in any of " + jars);
    }
    return misfits;
  }

  /**
   * A class of the JDK that this JDK does not have yet: held where the tests run on a newer one.
   */
  private static boolean onNewerJdksOnly(Declared declared, List<String> jars) {
    Set<String> newer =
        Set.of(
            "java.lang.VirtualThread",
            "sun.nio.ch.Poller$Pollers",
            "java.util.concurrent.DelayScheduler",
            "java.util.concurrent.ForkJoinTask$InterruptibleTask");
    return jars.contains(JDK) && newer.containsAll(declared.types());
  }

  private record Fit(int classes, int methods) {}

  private static Fit fit(Declared declared, String jar) throws IOException {
    int classes = 0;
    int methods = 0;
    try (ClassFileLocator locator = locator(jar)) {
      TypePool pool = TypePool.Default.WithLazyResolution.of(locator);
      for (String type : declared.types()) {
        TypePool.Resolution found = pool.describe(type);
        if (found.isResolved()) {
          classes++;
          methods += matching(declared, found.resolve());
        }
      }
    }
    return new Fit(classes, methods);
  }

  private static int matching(Declared declared, TypeDescription type) {
    int matching = 0;
    for (MethodDescription method : type.getDeclaredMethods()) {
      List<String> parameters =
          method.getParameters().asTypeList().asErasures().stream()
              .map(TypeDescription::getName)
              .toList();
      if (!method.isAbstract()
          && !method.isNative()
          && !method.isSynthetic()
          && declared.matches(method.getInternalName(), parameters)) {
        matching++;
      }
    }
    return matching;
  }

  private static ClassFileLocator locator(String jar) throws IOException {
    if (jar.equals(JDK)) {
      return ClassFileLocator.ForClassLoader.ofPlatformLoader();
    }
    File file = Path.of("target", "fit-libs", jar + ".jar").toFile();
    assertTrue(file.isFile(), () -> "the build has not copied " + file);
    return new ClassFileLocator.ForJarFile(new JarFile(file));
  }
}
