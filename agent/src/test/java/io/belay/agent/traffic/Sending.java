package io.belay.agent.traffic;

import io.belay.boot.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A request as a client would send it, and the answer that a test gives to it. */
final class Sending extends Exchange {
  static final String CHAT = "https://api.openai.com/v1/chat/completions";

  private final String url;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private byte[] body;
  private boolean once;
  private boolean opens;
  private boolean later;
  volatile int aborts;

  /** So many tokens have come and nobody reads them; -1 while somebody may be reading. */
  volatile int unread = -1;

  private Sending(String url, String body) {
    this.url = url;
    this.body = body.getBytes(StandardCharsets.UTF_8);
  }

  static Sending to(String url, String body) {
    return new Sending(url, body);
  }

  /** A chat completion; {@code members} are put behind the model, with a comma before. */
  static Sending chat(String members) {
    return to(
        CHAT,
        "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]"
            + members
            + "}");
  }

  Sending header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Its body can be read only once: nobody may look at it. */
  Sending once() {
    once = true;
    return this;
  }

  /** It is only a step before the request. */
  Sending opens() {
    opens = true;
    return this;
  }

  /** It is admitted before its body is there. */
  Sending later() {
    later = true;
    return this;
  }

  @Override
  public boolean leavesLater() {
    return later;
  }

  @Override
  public boolean sends() {
    return !opens;
  }

  /** The body as it leaves. */
  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** A number of the body as it leaves; -1 when it is not there. */
  long number(String member) {
    java.util.regex.Matcher found =
        java.util.regex.Pattern.compile("\"" + member + "\":(\\d+)").matcher(text());
    return found.find() ? Long.parseLong(found.group(1)) : -1;
  }

  /** Begins a successful stream. */
  Sending stream() {
    tap().answered(200, "text/event-stream", null);
    return this;
  }

  /** Sends bytes of the answer. */
  Sending chunk(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    tap().read(bytes, 0, bytes.length);
    return this;
  }

  /** Sends so many one-token deltas. */
  Sending tokens(int count) {
    for (int i = 0; i < count; i++) {
      chunk("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}]}\n\n");
    }
    return this;
  }

  /** Ends a stream with the provider's numbers. */
  void usage(long input, long output) {
    chunk(
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":"
            + input
            + ",\"completion_tokens\":"
            + output
            + "}}\n\ndata: [DONE]\n\n");
    tap().done(null);
  }

  /** Answers in one piece. */
  void answer(int status, long input, long output) {
    tap().answered(status, "application/json", null);
    chunk(
        status != 200
            ? "{\"error\":{\"message\":\"slow down\"}}"
            : "{\"id\":\"c\",\"choices\":[{\"message\":{\"content\":\"hi\"}}],"
                + "\"usage\":{\"prompt_tokens\":"
                + input
                + ",\"completion_tokens\":"
                + output
                + "}}");
    tap().done(null);
  }

  @Override
  public boolean giveUp(boolean stopped) {
    if (unread > 0) {
      tokens(unread);
    }
    return unread >= 0;
  }

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public String header(String name) {
    return headers.get(name);
  }

  @Override
  public byte[] body() {
    return once ? null : body;
  }

  @Override
  public boolean replaceBody(byte[] replacement) {
    body = replacement;
    return !once;
  }

  @Override
  public boolean setHeader(String name, String value) {
    headers.put(name, value);
    return true;
  }

  @Override
  public void abort() {
    aborts++;
  }

  @Override
  public Object handle() {
    return this;
  }

  @Override
  public boolean async() {
    return true;
  }
}
