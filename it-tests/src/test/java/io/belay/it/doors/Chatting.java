package io.belay.it.doors;

import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Asks a model with OkHttp, and says secrets in all places. Arguments: the URL. */
final class Chatting implements App {
  private static final OkHttpClient CLIENT =
      new OkHttpClient.Builder().readTimeout(5, TimeUnit.MINUTES).build();

  @Override
  public String run(String... args) throws Exception {
    return ask(args[0]);
  }

  static String ask(String url) throws Exception {
    Request request =
        new Request.Builder()
            .url(url)
            .header("Authorization", "Bearer s3cret-token")
            .header("Cookie", "session=s3cret-cookie")
            .post(
                RequestBody.create(
                    "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\","
                        + "\"content\":\"s3cret-prompt\"}]}",
                    MediaType.parse("application/json")))
            .build();
    try (Response response = CLIENT.newCall(request).execute()) {
      response.body().string();
      return String.valueOf(response.code());
    }
  }

  /** The same, once it is told to. Arguments: the key, the base URL. */
  static final class Held implements App {
    @Override
    public String run(String... args) throws Exception {
      Script.tell(args[0], "begun");
      Script.await(args[0], "go on");
      return ask(args[1] + "/v1/chat/completions");
    }
  }
}
