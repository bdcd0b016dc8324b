package io.belay.it.llm;

import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** Leaves a stream of Apache's client 5 or 4 in each way that these have. */
final class ApacheQuitter {
  private static final int MOST = 100; // Connections whose answers are kept.

  private ApacheQuitter() {}

  /** Of version 5, in a class of its own, as the other, since a test may have only one of them. */
  static final class Five {
    private static final CloseableHttpClient CLIENT =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(MOST)
                    .setMaxConnTotal(MOST)
                    .build())
            .build();

    private Five() {}

    /** Closes the response, and not its stream. */
    static void close(String url, String body, int events, Runnable sent) throws IOException {
      try (CloseableHttpResponse answer = answer(post(url, body))) {
        StreamQuitter.read(answer.getEntity().getContent(), events);
        sent.run();
      }
    }

    /** Neither cancels nor closes, and forgets it. */
    static void drop(String url, String body, int events, Runnable sent) throws IOException {
      StreamQuitter.read(answer(post(url, body)).getEntity().getContent(), events);
      sent.run();
    }

    /** Cancels the request, and neither reads on nor closes. */
    static void cancel(String url, String body, int events, Runnable sent) throws IOException {
      HttpPost post = post(url, body);
      CloseableHttpResponse answer = answer(post);
      StreamQuitter.keep(answer);
      StreamQuitter.read(answer.getEntity().getContent(), events);
      sent.run();
      post.cancel();
    }

    private static HttpPost post(String url, String body) {
      HttpPost post = new HttpPost(url);
      post.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
      return post;
    }

    @SuppressWarnings("deprecation") // As most programs have it.
    private static CloseableHttpResponse answer(HttpPost post) throws IOException {
      return CLIENT.execute(post);
    }
  }

  /** Of version 4. */
  static final class Four {
    private static final org.apache.http.impl.client.CloseableHttpClient CLIENT =
        org.apache.http.impl.client.HttpClients.custom()
            .setMaxConnPerRoute(MOST)
            .setMaxConnTotal(MOST)
            .build();

    private Four() {}

    /** Closes the response, which reads nothing more. */
    static void close(String url, String body, int events, Runnable sent) throws IOException {
      try (org.apache.http.client.methods.CloseableHttpResponse answer =
          CLIENT.execute(post(url, body))) {
        StreamQuitter.read(answer.getEntity().getContent(), events);
        sent.run();
      }
    }

    /** Aborts the request, and neither reads on nor closes. */
    static void abort(String url, String body, int events, Runnable sent) throws IOException {
      org.apache.http.client.methods.HttpPost post = post(url, body);
      org.apache.http.client.methods.CloseableHttpResponse answer = CLIENT.execute(post);
      StreamQuitter.keep(answer);
      StreamQuitter.read(answer.getEntity().getContent(), events);
      sent.run();
      post.abort();
    }

    /** Gives the connection back by the request, which cuts it, too. */
    static void release(String url, String body, int events, Runnable sent) throws IOException {
      org.apache.http.client.methods.HttpPost post = post(url, body);
      org.apache.http.client.methods.CloseableHttpResponse answer = CLIENT.execute(post);
      StreamQuitter.keep(answer);
      StreamQuitter.read(answer.getEntity().getContent(), events);
      sent.run();
      post.releaseConnection();
    }

    private static org.apache.http.client.methods.HttpPost post(String url, String body) {
      org.apache.http.client.methods.HttpPost post =
          new org.apache.http.client.methods.HttpPost(url);
      post.setEntity(
          new org.apache.http.entity.StringEntity(
              body, org.apache.http.entity.ContentType.APPLICATION_JSON));
      return post;
    }
  }
}
