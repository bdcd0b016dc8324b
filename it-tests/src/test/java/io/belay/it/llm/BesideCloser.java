package io.belay.it.llm;

import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Asks a model for streams over OkHttp and closes each while another thread reads it, which OkHttp
 * does not bear. Arguments: a key, a URL, a body and how often. Tells {@code closed N}.
 */
final class BesideCloser implements App {
  private static final OkHttpClient CLIENT = new OkHttpClient();

  @Override
  public String run(String... args) throws Exception {
    int made = 0;
    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
      RequestBody json = RequestBody.create(args[2], MediaType.get("application/json"));
      Request ask = new Request.Builder().url(args[1]).post(json).build();
      try {
        Response answer = CLIENT.newCall(ask).execute();
        CountDownLatch began = new CountDownLatch(1);
        Thread reader = new Thread(() -> read(answer, began));
        reader.start();
        began.await();
        Thread.sleep(100); // It waits for the next event by then.
        close(answer);
      } catch (CancellationException refused) {
        break;
      }
      Script.tell(args[0], "closed " + ++made);
    }
    return String.valueOf(made);
  }

  private static void read(Response answer, CountDownLatch began) {
    try (BufferedReader lines = new BufferedReader(answer.body().charStream())) {
      while (lines.readLine() != null) {
        began.countDown();
      }
    } catch (IOException | RuntimeException closed) {
      // It is not told of that in one way.
    }
  }

  private static void close(Response answer) {
    try {
      answer.close();
    } catch (RuntimeException beside) {
      // Its timeout was in use by the reader.
    }
  }
}
