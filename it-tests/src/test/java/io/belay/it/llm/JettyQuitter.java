package io.belay.it.llm;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.StringRequestContent;

/** Leaves a stream of Jetty's client in each way that it has. */
final class JettyQuitter {
  private static final HttpClient CLIENT = started();

  private JettyQuitter() {}

  private static HttpClient started() {
    HttpClient client = new HttpClient();
    try {
      client.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return client;
  }

  /** Closes the stream, and aborts nothing. */
  static void close(String url, String body, int events, Runnable sent) throws Exception {
    InputStreamResponseListener listener = new InputStreamResponseListener();
    try (InputStream answer = answer(request(url, body), listener)) {
      StreamQuitter.read(answer, events);
      sent.run();
    }
    listener.await(1, TimeUnit.MINUTES);
  }

  /** Aborts the request, and neither reads on nor closes. */
  static void abort(String url, String body, int events, Runnable sent) throws Exception {
    InputStreamResponseListener listener = new InputStreamResponseListener();
    Request request = request(url, body);
    InputStream answer = answer(request, listener);
    StreamQuitter.keep(answer);
    StreamQuitter.read(answer, events);
    sent.run();
    request.abort(new IllegalStateException("enough"));
    listener.await(1, TimeUnit.MINUTES);
  }

  /** Aborts the response where it is told of an event. */
  static void listen(String url, String body, int events, Runnable sent) throws Exception {
    CompletableFuture<Throwable> over = new CompletableFuture<>();
    request(url, body)
        .send(
            new Response.Listener() {
              private int left = Math.max(1, events);

              @Override
              public void onContent(Response response, ByteBuffer content) {
                while (content.hasRemaining() && left > 0) {
                  content.get();
                  left -= ends(content) ? 1 : 0;
                }
                if (left == 0) {
                  left = -1;
                  sent.run();
                  response.abort(new IllegalStateException("enough"));
                }
              }

              @Override
              public void onComplete(Result result) {
                over.complete(result.getFailure());
              }
            });
    refused(over.get(1, TimeUnit.MINUTES));
  }

  /** Whether an event ends just before where {@code content} is read next. */
  private static boolean ends(ByteBuffer content) {
    int at = content.position();
    return at > 1 && content.get(at - 1) == '\n' && content.get(at - 2) == '\n';
  }

  private static Request request(String url, String body) {
    return CLIENT.POST(url).body(new StringRequestContent("application/json", body));
  }

  private static InputStream answer(Request request, InputStreamResponseListener listener)
      throws Exception {
    request.send(listener);
    try {
      listener.get(1, TimeUnit.MINUTES);
    } catch (ExecutionException failed) {
      refused(failed.getCause());
      throw failed;
    }
    return listener.getInputStream();
  }

  private static void refused(Throwable failure) {
    if (failure instanceof CancellationException refusal) {
      throw refusal;
    }
  }
}
