package io.belay.agent.boundary;

import java.util.List;
import java.util.Map;

/**
 * Classes of publishers that an entry may return, and who knows them. Their richer subclasses
 * ({@code ConnectableFlux}) are left alone: a method may promise one.
 */
public final class PublisherTypes {
  private static final String REACTOR = "reactor.core.publisher.";
  private static final String MUTINY = "io.smallrye.mutiny.operators.";
  private static final String RX_JAVA_2 = "io.reactivex.";
  private static final String RX_JAVA_3 = "io.reactivex.rxjava3.core.";

  /** The adapter, by the name of the nearest class above a result's that its library shows. */
  public static final Map<String, String> ADAPTERS =
      Map.ofEntries(
          Map.entry(REACTOR + "Flux", "ReactorDeferred"),
          Map.entry(REACTOR + "FluxOperator", "ReactorDeferred"),
          Map.entry(REACTOR + "Mono", "ReactorDeferred"),
          Map.entry(REACTOR + "MonoOperator", "ReactorDeferred"),
          Map.entry(MUTINY + "AbstractMulti", "MutinyDeferred"),
          Map.entry(MUTINY + "MultiOperator", "MutinyDeferred"),
          Map.entry(MUTINY + "AbstractUni", "MutinyDeferred"),
          Map.entry(MUTINY + "UniOperator", "MutinyDeferred"),
          Map.entry(RX_JAVA_2 + "Flowable", "RxJava2Deferred"),
          Map.entry(RX_JAVA_2 + "Observable", "RxJava2Deferred"),
          Map.entry(RX_JAVA_2 + "Single", "RxJava2Deferred"),
          Map.entry(RX_JAVA_2 + "Maybe", "RxJava2Deferred"),
          Map.entry(RX_JAVA_2 + "Completable", "RxJava2Deferred"),
          Map.entry(RX_JAVA_3 + "Flowable", "RxJava3Deferred"),
          Map.entry(RX_JAVA_3 + "Observable", "RxJava3Deferred"),
          Map.entry(RX_JAVA_3 + "Single", "RxJava3Deferred"),
          Map.entry(RX_JAVA_3 + "Maybe", "RxJava3Deferred"),
          Map.entry(RX_JAVA_3 + "Completable", "RxJava3Deferred"));

  /** What the names of those libraries' classes begin with; an application's own stay its own. */
  public static final List<String> LIBRARIES = List.of("reactor.core.", "io.reactivex.", MUTINY);

  /** Packages that nobody else is meant to use: part of their names, or how they begin. */
  public static boolean isHidden(String type) {
    return type.contains(".internal.")
        || type.startsWith(MUTINY + "uni.")
        || type.startsWith(MUTINY + "multi.") && !type.startsWith(MUTINY + "multi.processors.");
  }

  private PublisherTypes() {}
}
