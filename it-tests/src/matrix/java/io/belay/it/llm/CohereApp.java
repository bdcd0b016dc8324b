package io.belay.it.llm;

import com.cohere.api.AsyncCohere;
import com.cohere.api.Cohere;
import com.cohere.api.core.ObjectMappers;
import com.cohere.api.resources.v2.V2Client;
import com.cohere.api.resources.v2.requests.V2ChatRequest;
import com.cohere.api.resources.v2.requests.V2ChatStreamRequest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * cohere-java, the second API; its retries sleep inside an interceptor of OkHttp's. What is asked
 * and answered is JSON here, and methods are found by name, since its versions have other types.
 */
final class CohereApp extends SdkApp {
  private static final Map<String, Cohere> BLOCKING = new ConcurrentHashMap<>();
  private static final Map<String, AsyncCohere> ASYNC = new ConcurrentHashMap<>();

  private static V2Client at(String url) {
    return BLOCKING
        .computeIfAbsent(url, base -> Cohere.builder().token("none").url(base).build())
        .v2();
  }

  private static ObjectNode prompt() {
    ObjectNode prompt = JsonNodeFactory.instance.objectNode().put("model", "m");
    prompt.putArray("messages").addObject().put("role", "user").put("content", "hello");
    return prompt;
  }

  private static <T> T read(JsonNode json, Class<T> type) {
    try {
      return ObjectMappers.JSON_MAPPER.treeToValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object call(String url, String method, Object prompt) throws Exception {
    try {
      return V2Client.class.getMethod(method, prompt.getClass()).invoke(at(url), prompt);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    }
  }

  private static JsonNode answer(String url, JsonNode prompt) throws Exception {
    return message(call(url, "chat", read(prompt, V2ChatRequest.class)));
  }

  private static JsonNode message(Object answer) {
    return ObjectMappers.JSON_MAPPER.valueToTree(answer).path("message");
  }

  private static String text(JsonNode message) {
    return message.path("content").path(0).path("text").asText();
  }

  @Override
  String ask(String url) throws Exception {
    return text(answer(url, prompt()));
  }

  @Override
  CompletableFuture<String> askLater(String url) {
    AsyncCohere client =
        ASYNC.computeIfAbsent(url, base -> AsyncCohere.builder().token("none").url(base).build());
    return client
        .v2()
        .chat(read(prompt(), V2ChatRequest.class))
        .thenApply(answer -> text(message(answer)));
  }

  @Override
  void stream(String url, Consumer<String> piece) throws Exception {
    Object prompt = read(prompt(), V2ChatStreamRequest.class);
    for (Object event : (Iterable<?>) call(url, "chatStream", prompt)) {
      JsonNode json = ObjectMappers.JSON_MAPPER.valueToTree(event);
      if (json.path("type").asText().equals("content-delta")) {
        piece.accept(json.path("delta").path("message").path("content").path("text").asText());
      }
    }
  }

  @Override
  String converse(String url) throws Exception {
    ObjectNode prompt = prompt();
    prompt
        .putArray("tools")
        .addObject()
        .put("type", "function")
        .putObject("function")
        .put("name", "lookUp")
        .putObject("parameters");
    JsonNode answer = answer(url, prompt);
    JsonNode call = answer.path("tool_calls").path(0);
    String arguments = call.path("function").path("arguments").asText();
    String page =
        Tool.fetch(ObjectMappers.JSON_MAPPER.readTree(arguments).path("url").asText());
    ArrayNode messages = (ArrayNode) prompt.path("messages");
    messages.add(answer);
    messages
        .addObject()
        .put("role", "tool")
        .put("tool_call_id", call.path("id").asText())
        .put("content", page);
    return text(answer(url, prompt));
  }
}
