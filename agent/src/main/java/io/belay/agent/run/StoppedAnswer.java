package io.belay.agent.run;

import java.nio.charset.StandardCharsets;

/** What a client reads whose request's run was stopped. */
final class StoppedAnswer {
  private StoppedAnswer() {}

  /** The last event of a stream of server-sent events. */
  static byte[] event(String runId, Stop stop) {
    String event = "event: stopped\ndata: " + json(runId, stop) + "\n\n";
    return event.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] body(String runId, Stop stop) {
    return json(runId, stop).getBytes(StandardCharsets.UTF_8);
  }

  private static String json(String runId, Stop stop) {
    return "{\"status\":\"stopped\",\"runId\":"
        + quoted(runId)
        + ",\"reason\":"
        + quoted(stop.reason().name())
        + ",\"text\":"
        + quoted(stop.text())
        + '}';
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        String hex = Integer.toHexString(c);
        out.append("\\u").append("0000", 0, 4 - hex.length()).append(hex);
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
