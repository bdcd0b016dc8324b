package io.belay.agent.rule;

/**
 * What undoes a third party's work: once a request matching {@code on} was answered 2xx, and the
 * run is stopped, {@code method urlTemplate} is sent. Written in one line as {@code POST
 * https://a.b/run -> DELETE https://a.b/run/{$.run_id}}.
 *
 * @param on the request that began the work
 * @param method of the request that undoes it
 * @param urlTemplate its URL; {@code {$.a.b}} is a member of the JSON answer to the first
 */
public record Compensation(HttpPattern on, String method, String urlTemplate) {
  /**
   * Reads one rule.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static Compensation parse(String text) {
    int arrow = text.indexOf(" -> ");
    if (arrow < 0) {
      throw new IllegalArgumentException("it has no \"on\" and \"with\", or no \" -> \" between");
    }
    HttpPattern on = HttpPattern.parse(text.substring(0, arrow));
    String with = text.substring(arrow + 4).strip();
    int blank = with.indexOf(' ');
    if (blank < 0 || with.startsWith("*")) {
      throw new IllegalArgumentException("what follows needs a method and a URL");
    }
    String url = with.substring(blank + 1).strip();
    checkTemplate(url);
    return new Compensation(on, HttpPattern.method(with.substring(0, blank)), url);
  }

  private static void checkTemplate(String url) {
    int host = url.startsWith("https://") ? 8 : url.startsWith("http://") ? 7 : -1;
    int path = url.indexOf('/', Math.max(host, 0));
    if (host < 0 || path <= host) {
      throw new IllegalArgumentException("its URL must be http or https with a host and a path");
    }
    int brace = url.indexOf('{');
    // Else the answer of a third party would choose where the request goes.
    if (brace >= 0 && brace < path) {
      throw new IllegalArgumentException("a placeholder may stand in the path and query only");
    }
    boolean open = false;
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      boolean wrong = c == '{' && (open || !url.startsWith("{$.", i)) || c == '}' && !open;
      if (wrong || c <= ' ' || c == '*') {
        throw new IllegalArgumentException("its URL has a wrong '" + c + "': see {$.run_id}");
      }
      open = c == '{' || open && c != '}';
    }
    if (open) {
      throw new IllegalArgumentException("its URL has an open {");
    }
  }
}
