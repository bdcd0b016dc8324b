package io.belay.agent.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * The page: one file without data, which reads everything else as any client does. Its policy names
 * its own script and style by their hashes, so nothing that finds its way into a target or a reason
 * is ever run.
 */
final class Page {
  private Page() {}

  static Answer answer(Request request) {
    return Read.ONCE;
  }

  private static final class Read {
    static final Answer ONCE = read();

    private static Answer read() {
      byte[] html = StateRoutes.resource("page.html");
      String text = new String(html, StandardCharsets.UTF_8);
      String policy =
          "default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none';"
              + " form-action 'none'; frame-ancestors 'none'; script-src "
              + hash(text, "script")
              + "; style-src "
              + hash(text, "style");
      return new Answer(
          200,
          "text/html; charset=utf-8",
          html,
          Map.of("Content-Security-Policy", policy, "X-Frame-Options", "DENY"));
    }

    /** The source expression of CSP level 2 for the one element of that name. */
    private static String hash(String html, String element) {
      int start = html.indexOf('<' + element + '>') + element.length() + 2;
      String content = html.substring(start, html.indexOf("</" + element + '>', start));
      try {
        byte[] digest =
            MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + '\'';
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every Java platform has SHA-256", e);
      }
    }
  }
}
