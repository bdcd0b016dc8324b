package io.belay.demo.provider;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The slow service behind the assistant's tools.
 *
 * <pre>
 * GET    /search?q=    snippets, after a second
 * POST   /notes        201, after a quarter of one
 * POST   /jobs         202 and an id; the job then runs here for some seconds, whoever is gone
 * GET    /jobs/{id}    running, done or cancelled
 * DELETE /jobs/{id}    cancels it
 * </pre>
 */
final class ToolService {
  private static final long SEARCH_MILLIS = 1000;
  private static final long NOTE_MILLIS = 250;
  private static final long JOB_MILLIS = 5000;

  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();

  void answer(HttpRequest request, HttpConnection connection, Ledger.Entry entry)
      throws IOException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    int status = 200;
    switch (request.method() + " " + request.path().replaceFirst("^/jobs/.+", "/jobs/{id}")) {
      case "GET /search" -> {
        if (connection.clientLeavesWithin(SEARCH_MILLIS)) {
          entry.clientLeft();
          return;
        }
        String about = request.query("q", "");
        body.putArray("snippets").add("A study of " + about).add("What " + about + " came to");
      }
      case "POST /notes" -> {
        if (connection.clientLeavesWithin(NOTE_MILLIS)) {
          entry.clientLeft();
          return;
        }
        status = 201;
        body.put("id", "note-" + numbers.incrementAndGet());
      }
      case "POST /jobs" -> {
        status = 202;
        String id = "job-" + numbers.incrementAndGet();
        Job job = new Job(System.currentTimeMillis() + JOB_MILLIS, false);
        jobs.put(id, job);
        body.put("id", id).put("status", job.status());
      }
      case "GET /jobs/{id}", "DELETE /jobs/{id}" -> {
        String id = request.path().substring("/jobs/".length());
        boolean cancel = request.method().equals("DELETE");
        Job job = jobs.computeIfPresent(id, (name, found) -> cancel ? found.cancelled() : found);
        status = job == null ? 404 : 200;
        body.put("id", id).put("status", job == null ? "unknown" : job.status());
      }
      default -> {
        status = 404;
        body.put("error", "there is no " + request.method() + " " + request.path());
      }
    }
    connection.respond(status, "application/json", json.writeValueAsBytes(body));
    entry.completed(status);
  }

  /** A job needs no thread: it is done when its time has come. */
  private record Job(long endsAt, boolean wasCancelled) {
    Job cancelled() {
      return isDone() ? this : new Job(endsAt, true);
    }

    boolean isDone() {
      return !wasCancelled && System.currentTimeMillis() >= endsAt;
    }

    String status() {
      return wasCancelled ? "cancelled" : isDone() ? "done" : "running";
    }
  }
}
