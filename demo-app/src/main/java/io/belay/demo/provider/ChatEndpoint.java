package io.belay.demo.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.belay.demo.provider.Answer.Token;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code POST /v1/chat/completions} as OpenAI's API reference describes it, streamed and not. The
 * answer comes from the {@link Script}, one token at a time; generating ends with the answer, at
 * the limit of the request, or when the client has left.
 */
final class ChatEndpoint {
  private final ObjectMapper json = new ObjectMapper();
  private final Pace pace;

  ChatEndpoint(Pace pace) {
    this.pace = pace;
  }

  void answer(HttpRequest request, HttpConnection connection, Ledger.Entry entry)
      throws IOException {
    ChatRequest chat;
    try {
      chat = ChatRequest.of(json.readTree(request.body()));
    } catch (IOException | IllegalArgumentException e) {
      ObjectNode error = JsonNodeFactory.instance.objectNode();
      error.putObject("error").put("message", e.getMessage()).put("type", "invalid_request_error");
      connection.respond(400, "application/json", json.writeValueAsBytes(error));
      entry.completed(400);
      return;
    }
    Answer answer = Script.answer(chat.messages());
    entry.plays(answer.scene(), answer.turn(), chat.inputTokens());
    Completion completion = new Completion(chat, answer, connection, entry);
    if (chat.stream()) {
      completion.stream();
    } else {
      completion.whole();
    }
  }

  /** One answer on its way out. */
  private final class Completion {
    private final ChatRequest chat;
    private final HttpConnection connection;
    private final Ledger.Entry entry;
    private final List<Token> tokens;
    private final String finishReason;
    private final String id = "chatcmpl-" + Long.toHexString(System.nanoTime());
    private final long startedAt = System.nanoTime();

    Completion(ChatRequest chat, Answer answer, HttpConnection connection, Ledger.Entry entry) {
      this.chat = chat;
      this.connection = connection;
      this.entry = entry;
      List<Token> all = answer.tokens();
      this.tokens = all.subList(0, Math.min(all.size(), chat.maxTokens()));
      if (tokens.size() < all.size()) {
        this.finishReason = "length";
      } else {
        this.finishReason = answer.calls().isEmpty() ? "stop" : "tool_calls";
      }
    }

    void stream() throws IOException {
      connection.beginChunks(200, "text/event-stream; charset=utf-8");
      ObjectNode role = JsonNodeFactory.instance.objectNode().put("role", "assistant");
      send(chunk(role.put("content", ""), NullNode.instance));
      for (Token token : tokens) {
        if (!generatedNext()) {
          return;
        }
        send(chunk(Deltas.of(token, id), NullNode.instance));
      }
      send(chunk(JsonNodeFactory.instance.objectNode(), TextNode.valueOf(finishReason)));
      if (chat.includeUsage()) {
        ObjectNode last = envelope("chat.completion.chunk");
        last.putArray("choices");
        last.set("usage", usage());
        send(last);
      }
      connection.chunk("data: [DONE]\n\n");
      connection.endChunks();
      entry.completed(200);
    }

    void whole() throws IOException {
      for (int i = 0; i < tokens.size(); i++) {
        if (!generatedNext()) {
          return;
        }
      }
      ObjectNode body = envelope("chat.completion");
      ObjectNode choice = body.putArray("choices").addObject();
      choice.put("index", 0).put("finish_reason", finishReason).putNull("logprobs");
      choice.set("message", Deltas.joined(tokens, id));
      body.set("usage", usage());
      connection.respond(200, "application/json", json.writeValueAsBytes(body));
      entry.completed(200);
    }

    /** Waits until the next token is due and generates it; false if the client left before. */
    private boolean generatedNext() throws IOException {
      long elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
      long due = pace.millisUntil(entry.tokens() + 1);
      if (connection.clientLeavesWithin(Math.max(0, due - elapsed))) {
        entry.clientLeft();
        return false;
      }
      entry.token();
      return true;
    }

    private void send(JsonNode chunk) throws IOException {
      connection.chunk("data: " + json.writeValueAsString(chunk) + "\n\n");
    }

    private ObjectNode chunk(ObjectNode delta, JsonNode finishReason) {
      ObjectNode chunk = envelope("chat.completion.chunk");
      ObjectNode choice = chunk.putArray("choices").addObject();
      choice.put("index", 0).set("delta", delta);
      choice.putNull("logprobs").set("finish_reason", finishReason);
      return chunk;
    }

    private ObjectNode envelope(String object) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.put("id", id).put("object", object).put("model", chat.model());
      return body.put("created", System.currentTimeMillis() / 1000);
    }

    private ObjectNode usage() {
      int input = chat.inputTokens();
      int output = entry.tokens();
      ObjectNode usage = JsonNodeFactory.instance.objectNode();
      usage.put("prompt_tokens", input).put("completion_tokens", output);
      return usage.put("total_tokens", input + output);
    }
  }
}
