package io.belay.it.http;

import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * What an application does with one HTTP client; a subclass for each client. Arguments: what to do,
 * the key by which it tells, and a URL.
 */
abstract class HttpApp implements App {
  /** A blocking call: the whole body. */
  abstract String call(String url) throws Exception;

  /** A body that is read as it comes. */
  abstract InputStream open(String url) throws Exception;

  /** A call whose answer comes on another thread; waited for here. */
  abstract String later(String url) throws Exception;

  @Override
  public final String run(String... args) throws Exception {
    String key = args[1];
    String url = args[2] + "/call";
    return switch (args[0]) {
      case "call" -> call(url);
      case "stream" -> lines(key, open(url));
      case "later" -> later(url);
      case "twice" -> {
        String first = call(url);
        Script.tell(key, "answered");
        Script.await(key, "go on");
        yield first + call(url);
      }
      case "swallow" -> {
        String first = call(url);
        Script.tell(key, "answered");
        Script.await(key, "go on");
        String second;
        try {
          second = later(url);
        } catch (RuntimeException refused) {
          second = "";
        }
        yield first + second + call(url);
      }
      default -> throw new IllegalArgumentException(args[0]);
    };
  }

  /** Reads to the end, telling of each line. */
  private static String lines(String key, InputStream body) throws IOException {
    StringBuilder all = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty()) {
          all.append(line).append('\n');
          Script.tell(key, line);
        }
      }
    }
    return all.toString();
  }
}
