package io.belay.agent;

import io.belay.agent.control.Coverage.Missed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Libraries by which work leaves a JVM, each with a class that is loaded where it is used. One that
 * is loaded, and in whose packages nothing is woven, is not covered.
 */
final class KnownLibraries {
  private record Known(String marker, String inside, String what) {}

  private static final String CALLS = "its calls are neither refused nor aborted by a stop";
  private static final String SENDS = "what is sent to it after a stop is not refused";
  private static final String SERVES =
      "its requests begin no run, and clients that leave are not noticed";

  private static final List<Known> ALL =
      List.of(
          new Known("reactor.netty.http.client.HttpClient", "reactor.netty.http.client.", CALLS),
          new Known(
              "org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient",
              "org.apache.hc.client5.http.impl.async.",
              CALLS),
          new Known(
              "org.apache.http.impl.nio.client.CloseableHttpAsyncClient",
              "org.apache.http.impl.nio.client.",
              CALLS),
          new Known("org.eclipse.jetty.client.HttpClient", "org.eclipse.jetty.client.", CALLS),
          new Known("org.asynchttpclient.AsyncHttpClient", "org.asynchttpclient.", CALLS),
          new Known(
              "software.amazon.awssdk.core.client.handler.SyncClientHandler",
              "software.amazon.awssdk.",
              CALLS),
          new Known("io.grpc.internal.ManagedChannelImpl", "io.grpc.", CALLS),
          new Known("io.vertx.core.http.HttpClient", "io.vertx.core.http.", CALLS),
          new Known("io.r2dbc.spi.ConnectionFactory", "io.r2dbc.", CALLS),
          new Known("com.mongodb.client.internal.MongoClientImpl", "com.mongodb.", SENDS),
          new Known("redis.clients.jedis.Connection", "redis.clients.jedis.", SENDS),
          new Known("io.lettuce.core.RedisClient", "io.lettuce.core.", SENDS),
          new Known("org.redisson.Redisson", "org.redisson.", SENDS),
          new Known(
              "org.apache.kafka.clients.producer.KafkaProducer",
              "org.apache.kafka.clients.",
              SENDS),
          new Known("com.rabbitmq.client.impl.ChannelN", "com.rabbitmq.client.", SENDS),
          new Known("org.elasticsearch.client.RestClient", "org.elasticsearch.client.", SENDS),
          new Known("jakarta.mail.Transport", "jakarta.mail.", SENDS),
          new Known("org.eclipse.jetty.server.Server", "org.eclipse.jetty.", SERVES),
          new Known("io.undertow.Undertow", "io.undertow.", SERVES),
          new Known("reactor.netty.http.server.HttpServer", "reactor.netty.http.server.", SERVES),
          new Known("io.vertx.core.http.HttpServer", "io.vertx.core.http.", SERVES));

  private KnownLibraries() {}

  /** Those of {@code loaded} that are not in {@code woven}, which has names of classes. */
  static List<Missed> missed(Class<?>[] loaded, Set<String> woven) {
    List<Missed> missed = new ArrayList<>();
    for (Class<?> type : loaded) {
      for (Known known : ALL) {
        if (known.marker.equals(type.getName())
            && woven.stream().noneMatch(name -> name.startsWith(known.inside))) {
          Library library = Library.of(type);
          missed.add(
              new Missed(
                  library.name().isEmpty() ? known.marker : library.name(),
                  library.version(),
                  "loaded, and not woven by this version of Belay: " + known.what));
        }
      }
    }
    return missed;
  }
}
