package io.belay.agent.control;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request as its handler sees it.
 *
 * @param from who asks, such as {@code http 127.0.0.1}
 * @param path its segments, decoded
 * @param query its parameters, decoded
 */
record Request(String from, List<String> path, Map<String, String> query, String body) {
  /** The parameter, or {@code null}. */
  @Nullable String parameter(String name) {
    return query.get(name);
  }

  /** Whether a switch was set: {@code ?name=true}, or just {@code ?name}. */
  boolean isSet(String name) {
    String value = query.getOrDefault(name, "false");
    if (!List.of("", "true", "false").contains(value)) {
      throw new Problem(400, name + " must be true or false");
    }
    return !value.equals("false");
  }

  /** A misspelt parameter must not be taken for its absence: {@code ?dryrun=true} would stop. */
  void knowsOnly(String... names) {
    for (String given : query.keySet()) {
      if (!List.of(names).contains(given)) {
        throw new Problem(
            400,
            names.length == 0
                ? "this takes no query parameters"
                : "unknown query parameter; known: " + String.join(", ", names));
      }
    }
  }

  static List<String> segments(String rawPath) {
    return Stream.of(rawPath.split("/", -1)).skip(1).map(Request::decoded).toList();
  }

  static Map<String, String> parameters(@Nullable String rawQuery) {
    Map<String, String> query = new HashMap<>();
    if (rawQuery != null && !rawQuery.isEmpty()) {
      for (String pair : rawQuery.split("&", -1)) {
        int eq = pair.indexOf('=');
        String name = decoded(eq < 0 ? pair : pair.substring(0, eq));
        if (query.put(name, eq < 0 ? "" : decoded(pair.substring(eq + 1))) != null) {
          throw new Problem(400, "a query parameter is given twice");
        }
      }
    }
    return query;
  }

  /** Percent-decoding of RFC 3986; unlike {@code URLDecoder} it leaves a plus alone. */
  private static String decoded(String raw) {
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(raw, i + 1, i + 3, 16)); // java.net.URI has checked it
        i += 2;
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Problem(400, "the address is not UTF-8");
    }
  }
}
