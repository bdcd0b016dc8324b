package io.belay.agent.control;

import io.belay.agent.run.Runs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** The handlers that tell about this JVM as a whole. */
final class StateRoutes {
  private final Runs runs;
  private final Supplier<Coverage> coverage;
  private final Events events;

  StateRoutes(Runs runs, Supplier<Coverage> coverage, Events events) {
    this.runs = runs;
    this.coverage = coverage;
    this.events = events;
  }

  void addTo(Routes routes) {
    routes
        .add("GET", "/", Page::answer)
        .add("GET", "/events", this::events)
        .add("GET", "/metrics", this::metrics)
        .add("GET", "/coverage", this::coverage)
        .add("GET", "/openapi.json", this::description);
  }

  private Answer events(Request request) {
    request.knowsOnly();
    return Answer.SUBSCRIPTION;
  }

  private Answer metrics(Request request) {
    request.knowsOnly();
    return Answer.text(Metrics.CONTENT_TYPE, Metrics.of(runs, events));
  }

  private Answer coverage(Request request) {
    request.knowsOnly();
    return Answer.json(200, json(coverage.get()));
  }

  static byte[] json(Coverage now) {
    return Json.document(
        json ->
            json.object(
                "",
                () ->
                    json.array("covered", now.covered(), row -> covered(json, row))
                        .array("missed", now.missed(), row -> missed(json, row))));
  }

  private static void covered(Json json, Coverage.Covered row) {
    json.object(
        "",
        () ->
            json.text("boundary", row.boundary())
                .text("site", row.site())
                .number("woven", row.woven())
                .number("hits", row.hits())
                .text("library", row.library())
                .text("version", row.version()));
  }

  private static void missed(Json json, Coverage.Missed row) {
    json.object(
        "",
        () ->
            json.text("library", row.library())
                .text("version", row.version())
                .text("why", row.why()));
  }

  private Answer description(Request request) {
    request.knowsOnly();
    return Answer.json(200, resource("openapi.json"));
  }

  static byte[] resource(String name) {
    try (InputStream in = StateRoutes.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("belay.jar lacks " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
