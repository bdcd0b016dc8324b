package io.belay.it.cli;

import io.belay.it.harness.App;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** One request by OkHttp. Arguments: method, URL. */
final class Asking implements App {
  private static final OkHttpClient CLIENT =
      new OkHttpClient.Builder().readTimeout(java.time.Duration.ofMinutes(5)).build();

  @Override
  public String run(String... args) throws Exception {
    RequestBody body = args[0].equals("GET") ? null : RequestBody.create("{}", null);
    Request request = new Request.Builder().url(args[1]).method(args[0], body).build();
    try (Response response = CLIENT.newCall(request).execute()) {
      return response.body().string();
    }
  }
}
