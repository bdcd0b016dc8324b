package io.belay.demo.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What the provider knows: every request it received and every token it generated, with the time of
 * each. Nothing here comes from a client's own count. Thread-safe.
 */
final class Ledger {
  /** Dollars per million tokens, the list price of gpt-4.1. */
  static final double INPUT_USD_PER_MTOK = 2.0;

  static final double OUTPUT_USD_PER_MTOK = 8.0;

  private final List<Entry> entries = new ArrayList<>();

  synchronized Entry begin(String method, String path) {
    Entry entry = new Entry(entries.size() + 1, method, path, System.currentTimeMillis());
    entries.add(entry);
    return entry;
  }

  /** The entries so far, oldest first. */
  synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /**
   * What happened at or after a moment, in milliseconds since the epoch. Requests that had begun
   * before it are listed if they were still open then, but not counted.
   */
  ObjectNode since(long since) {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    ArrayNode requests = JsonNodeFactory.instance.arrayNode();
    int llm = 0;
    int other = 0;
    int open = 0;
    long input = 0;
    long output = 0;
    long lastActivity = 0;
    for (Entry entry : entries()) {
      synchronized (entry) {
        boolean isOpen = entry.endedAt == 0;
        open += isOpen ? 1 : 0;
        lastActivity = Math.max(lastActivity, entry.lastActivity());
        if (!isOpen && entry.endedAt < since) {
          continue;
        }
        if (entry.startedAt >= since && entry.isLlm()) {
          llm++;
          input += entry.inputTokens;
        } else if (entry.startedAt >= since) {
          other++;
        }
        output += entry.tokensSince(since);
        requests.add(entry.toJson(since));
      }
    }
    report.put("since", since).put("now", System.currentTimeMillis());
    report.put("llmRequests", llm).put("httpRequests", other).put("openRequests", open);
    report.put("inputTokens", input).put("tokens", output).put("lastActivityAt", lastActivity);
    report.put("usd", (input * INPUT_USD_PER_MTOK + output * OUTPUT_USD_PER_MTOK) / 1e6);
    report.put("inputUsdPerMtok", INPUT_USD_PER_MTOK);
    report.put("outputUsdPerMtok", OUTPUT_USD_PER_MTOK);
    report.set("requests", requests);
    return report;
  }

  /** One request. Written by the thread that serves it, read by whoever asks for the ledger. */
  static final class Entry {
    private final int number;
    private final String method;
    private final String path;
    private final long startedAt;
    private final List<Long> tokens = new ArrayList<>();
    private final CompletableFuture<String> outcome = new CompletableFuture<>();
    private String scene = "";
    private int turn;
    private int inputTokens;
    private int status;
    private long endedAt;

    private Entry(int number, String method, String path, long startedAt) {
      this.number = number;
      this.method = method;
      this.path = path;
      this.startedAt = startedAt;
    }

    /** Notes which scene of the script a completion plays, and what its prompt weighs. */
    synchronized void plays(String scene, int turn, int inputTokens) {
      this.scene = scene;
      this.turn = turn;
      this.inputTokens = inputTokens;
    }

    synchronized void token() {
      tokens.add(System.currentTimeMillis());
    }

    synchronized int tokens() {
      return tokens.size();
    }

    synchronized void completed(int status) {
      this.status = status;
      end("completed");
    }

    synchronized void clientLeft() {
      end("client left");
    }

    /** Completes with the outcome when the request has ended. */
    CompletableFuture<String> outcome() {
      return outcome;
    }

    private void end(String how) {
      if (outcome.complete(how)) {
        endedAt = System.currentTimeMillis();
      }
    }

    private boolean isLlm() {
      return path.endsWith("/completions");
    }

    private long lastActivity() {
      long lastToken = tokens.isEmpty() ? 0 : tokens.get(tokens.size() - 1);
      return Math.max(Math.max(startedAt, endedAt), lastToken);
    }

    private long tokensSince(long since) {
      return tokens.stream().filter(at -> at >= since).count();
    }

    private ObjectNode toJson(long since) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("number", number).put("method", method).put("path", path);
      json.put("startedAt", startedAt).put("endedAt", endedAt).put("status", status);
      json.put("outcome", outcome.getNow("open")).put("scene", scene).put("turn", turn);
      json.put("inputTokens", inputTokens).put("tokens", tokens.size());
      return json.put("tokensSince", tokensSince(since));
    }
  }
}
