package io.belay.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which classes make up each adapter, superclasses first; a test holds it against what is there.
 * All of Belay's that it leads to: a library's loader may not find them, or find Belay's own, which
 * for the JVM are in another package then.
 */
final class AdapterIndex {
  static final Map<String, List<String>> NESTED =
      Map.ofEntries(
          Map.entry(
              "ReactorNettyAdapter",
              List.of(
                  "ReactorNettyExchange",
                  "ReactorNettyWatch",
                  "ReactorNettyHandler",
                  "NettyBacklog",
                  "NettyBacklog$Member",
                  "NettyBacklog$1",
                  "NettyRequest")),
          Map.entry(
              "OkHttpAdapter",
              List.of(
                  "OkHttpExchange",
                  "OkHttpExchange$Queued",
                  "TappedBody",
                  "TappedBody$Tapped",
                  "BodyBacklog",
                  "BodyBacklog$Ways",
                  "OkioBacklog",
                  "OkioBacklog$1")),
          Map.entry(
              "Apache5Adapter",
              List.of(
                  "Apache5Exchange",
                  "Apache5Exchange$Maker",
                  "Apache5Entity",
                  "BodyBacklog",
                  "BodyBacklog$Ways",
                  "ApacheBacklog",
                  "ApacheBacklog$1",
                  "BodyStream",
                  "BodyStream$Rest",
                  "BodyStream$Haste")),
          Map.entry(
              "Apache4Adapter",
              List.of(
                  "Apache4Exchange",
                  "Apache4Entity",
                  "BodyBacklog",
                  "BodyBacklog$Ways",
                  "ApacheBacklog",
                  "ApacheBacklog$1",
                  "BodyStream",
                  "BodyStream$Rest",
                  "BodyStream$Haste")),
          Map.entry(
              "AwsAdapter",
              List.of(
                  "AwsExchange",
                  "AwsHandler",
                  "AwsHandler$Tapped",
                  "AwsHandler$Left",
                  "BodyBacklog",
                  "BodyBacklog$Ways",
                  "AwsBacklog",
                  "AwsBacklog$1",
                  "NettyBacklog",
                  "NettyBacklog$Member",
                  "NettyBacklog$1",
                  "Told",
                  "Told$Tellers",
                  "BodyStream",
                  "BodyStream$Rest",
                  "BodyStream$Haste")),
          Map.entry(
              "JettyClientAdapter",
              List.of(
                  "JettyClientExchange",
                  "JettyClientListener",
                  "JettyClientSource",
                  "JettyClientBody",
                  "JettyClientBody$Rest",
                  "BodyBacklog",
                  "BodyBacklog$Ways",
                  "JettyClientBacklog",
                  "JettyClientBacklog$1",
                  "Told",
                  "Told$Tellers")),
          Map.entry("OkHttpSocketAdapter", List.of("NamedExchange", "OkHttpSocketAdapter$Message")),
          Map.entry(
              "PauseAdapter",
              List.of("NamedExchange", "PauseAdapter$Pause", "Told", "Told$Tellers")),
          Map.entry(
              "McpAdapter", List.of("NamedExchange", "McpAdapter$Call", "McpAdapter$Call$AsRun")),
          Map.entry(
              "R2dbcAdapter",
              List.of("NamedExchange", "R2dbcCall", "R2dbcCall$Made", "R2dbcSpan", "R2dbcCancel")),
          Map.entry(
              "MutinyDeferred",
              List.of(
                  "DeferredSignals",
                  "DeferredFlow",
                  "DeferredFlow$Nothing",
                  "MutinyDeferred$Signals")),
          Map.entry(
              "ReactorDeferred",
              List.of(
                  "DeferredSignals",
                  "DeferredSubscription",
                  "DeferredSubscription$Nothing",
                  "ReactorDeferred$Signals")),
          Map.entry(
              "RxJava2Deferred",
              List.of(
                  "DeferredSignals",
                  "DeferredSubscription",
                  "DeferredSubscription$Nothing",
                  "RxJava2Deferred$Signals")),
          Map.entry(
              "RxJava3Deferred",
              List.of(
                  "DeferredSignals",
                  "DeferredSubscription",
                  "DeferredSubscription$Nothing",
                  "RxJava3Deferred$Signals")),
          Map.entry(
              "VertxSqlAdapter",
              List.of("NamedExchange", "VertxSqlCall", "VertxSqlCancel", "VertxCommand")),
          Map.entry("McpServerAdapter", List.of("McpServerAdapter$Answer")),
          Map.entry("JdkServer", List.of("JdkServerFields", "JdkServerRequest")),
          Map.entry("TomcatSockets", List.of("TomcatSockets$Socket")),
          Map.entry("ReactorSockets", List.of("ReactorSockets$Socket")),
          Map.entry("TomcatServer", List.of("TomcatRequest")),
          Map.entry(
              "ServletServer",
              List.of(
                  "ServletApi",
                  "ServletInbound",
                  "ServletStream",
                  "ServletStream$Way",
                  "ServletStream$Step")),
          Map.entry("ReactorServer", List.of("ReactorRequest")),
          Map.entry("VertxServer", List.of("VertxRequest")),
          Map.entry("WebFluxServer", List.of("WebFluxExchange")));

  private static final List<String> HTTP_URL =
      List.of(
          "java.base/java.net",
          "java.base/sun.net",
          "java.base/sun.net.www",
          "java.base/sun.net.www.http",
          "java.base/sun.net.www.protocol.http");

  /** Packages of the JDK into which adapters reach, each with its module. */
  static final Map<String, List<String>> OPENED =
      Map.of(
          "JavaHttpClientAdapter",
          List.of(
              "java.net.http/jdk.internal.net.http",
              "java.net.http/jdk.internal.net.http.common",
              "java.net.http/jdk.internal.net.http.frame"),
          "HttpUrlConnectionAdapter",
          HTTP_URL,
          "HttpUrlOpeningAdapter", // Reads the same fields, and may be the first to.
          HTTP_URL,
          "JdkServer",
          List.of("jdk.httpserver/sun.net.httpserver"));

  private AdapterIndex() {}

  static List<String> of(String adapter) {
    List<String> names = new ArrayList<>();
    names.add("io.belay.agent.http." + adapter);
    for (String nested : NESTED.getOrDefault(adapter, List.of())) {
      names.add("io.belay.agent.http." + nested);
    }
    return names;
  }
}
