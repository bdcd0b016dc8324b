package io.belay.agent.control;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is sent back. Its body is not changed after it was handed over. */
final class Answer {
  /** Stands for the event stream, which has no end: the server takes it from here. */
  static final Answer SUBSCRIPTION =
      new Answer(200, "text/event-stream; charset=utf-8", new byte[0], Map.of());

  private final int status;
  private final String contentType;
  private final byte[] body;
  private final Map<String, String> headers;

  Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.headers = headers;
  }

  static Answer json(int status, byte[] body) {
    return new Answer(status, "application/json", body, Map.of());
  }

  static Answer text(String contentType, byte[] body) {
    return new Answer(200, contentType, body, Map.of());
  }

  Answer with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Answer(status, contentType, body, all);
  }

  int status() {
    return status;
  }

  String contentType() {
    return contentType;
  }

  byte[] body() {
    return body;
  }

  Map<String, String> headers() {
    return headers;
  }
}
