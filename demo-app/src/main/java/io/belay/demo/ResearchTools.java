package io.belay.demo;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The tools of a sub-agent. All of them call one slow HTTP service. Thread-safe. */
final class ResearchTools {
  /** What the model is told about the tools. */
  static final List<Class<?>> DEFINITIONS =
      List.of(SearchWeb.class, SaveNote.class, StartCrawl.class, CheckCrawl.class);

  private static final MediaType JSON = MediaType.get("application/json");

  private final OkHttpClient http =
      new OkHttpClient.Builder().callTimeout(Duration.ofSeconds(20)).build();
  private final ObjectMapper json = new ObjectMapper();
  private final HttpUrl service;

  ResearchTools(String serviceUrl) {
    this.service = HttpUrl.get(serviceUrl);
  }

  /** Carries out what the model asked for and returns the service's answer. */
  String call(ChatCompletionMessageFunctionToolCall.Function function) throws IOException {
    return switch (function.name()) {
      case "search_web" -> search(function.arguments(SearchWeb.class).query);
      case "save_note" -> saveNote(function.arguments(SaveNote.class));
      case "start_crawl" ->
          post("jobs", Map.of("topic", function.arguments(StartCrawl.class).topic));
      case "check_crawl" -> get(at("jobs", function.arguments(CheckCrawl.class).jobId));
      default -> "There is no tool " + function.name();
    };
  }

  private String search(String query) throws IOException {
    return get(at("search").newBuilder().addQueryParameter("q", query).build());
  }

  private String saveNote(SaveNote note) throws IOException {
    return post("notes", Map.of("title", note.title, "text", note.text));
  }

  private HttpUrl at(String... path) {
    HttpUrl.Builder url = service.newBuilder();
    for (String segment : path) {
      url.addPathSegment(segment);
    }
    return url.build();
  }

  private String get(HttpUrl url) throws IOException {
    return send(new Request.Builder().url(url).build());
  }

  /** The service answers a job with 202 and its id, and goes on working by itself. */
  private String post(String path, Map<String, String> body) throws IOException {
    RequestBody content = RequestBody.create(json.writeValueAsBytes(body), JSON);
    return send(new Request.Builder().url(at(path)).post(content).build());
  }

  private String send(Request request) throws IOException {
    try (Response response = http.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        throw new IOException(request.url().encodedPath() + " answered " + response.code());
      }
      return response.body().string();
    }
  }

  @JsonTypeName("search_web")
  @JsonClassDescription("Searches the web and returns a few snippets.")
  static final class SearchWeb {
    @JsonPropertyDescription("What to look for")
    public String query = "";
  }

  @JsonTypeName("save_note")
  @JsonClassDescription("Saves a note in the team's notebook.")
  static final class SaveNote {
    public String title = "";
    public String text = "";
  }

  @JsonTypeName("start_crawl")
  @JsonClassDescription("Starts a crawl of everything on a topic. Returns the id of the job.")
  static final class StartCrawl {
    public String topic = "";
  }

  @JsonTypeName("check_crawl")
  @JsonClassDescription("Tells how far a crawl has come.")
  static final class CheckCrawl {
    public String jobId = "";
  }
}
