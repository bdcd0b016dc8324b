package io.belay.agent.control;

import java.util.Map;

/**
 * A request that is not answered as asked, as RFC 9457 {@code application/problem+json}. Its detail
 * says what to do; it never repeats a secret.
 */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final transient Map<String, String> headers;

  Problem(int status, String detail) {
    this(status, detail, Map.of());
  }

  Problem(int status, String detail, Map<String, String> headers) {
    super(detail, null, false, false);
    this.status = status;
    this.headers = headers;
  }

  Answer answer(String path) {
    byte[] body =
        Json.document(
            json ->
                json.object(
                    "",
                    () ->
                        json.text("type", "about:blank")
                            .text("title", title(status))
                            .number("status", status)
                            .text("detail", getMessage())
                            .text("instance", path)));
    return new Answer(status, "application/problem+json", body, headers);
  }

  /** The reason phrases of RFC 9110 and 6585, for the codes that are used here. */
  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 421 -> "Misdirected Request";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      default -> "Internal Server Error";
    };
  }
}
