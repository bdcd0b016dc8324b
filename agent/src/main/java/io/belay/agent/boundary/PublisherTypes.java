package io.belay.agent.boundary;

import java.util.List;
import java.util.Map;

/**
 * Classes of publishers that an entry may return, and who knows them. Their richer subclasses
 * ({@code ConnectableFlux}) are left alone: a method may promise one.
 */
public final class PublisherTypes {
  private static final String REACTOR = "reactor.core.publisher.";
  private static final String RX_JAVA_3 = "io.reactivex.rxjava3.core.";

  /** The adapter, by the name of the nearest class above a result's that its library shows. */
  public static final Map<String, String> ADAPTERS =
      Map.of(
          REACTOR + "Flux", "ReactorDeferred",
          REACTOR + "FluxOperator", "ReactorDeferred",
          REACTOR + "Mono", "ReactorDeferred",
          REACTOR + "MonoOperator", "ReactorDeferred",
          RX_JAVA_3 + "Flowable", "RxJava3Deferred",
          RX_JAVA_3 + "Observable", "RxJava3Deferred",
          RX_JAVA_3 + "Single", "RxJava3Deferred",
          RX_JAVA_3 + "Maybe", "RxJava3Deferred",
          RX_JAVA_3 + "Completable", "RxJava3Deferred");

  /** What the names of those libraries' classes begin with; an application's own stay its own. */
  public static final List<String> LIBRARIES = List.of("reactor.core.", "io.reactivex.rxjava3.");

  /** Part of the name of a package that nobody else is meant to use. */
  public static final String HIDDEN = ".internal.";

  private PublisherTypes() {}
}
