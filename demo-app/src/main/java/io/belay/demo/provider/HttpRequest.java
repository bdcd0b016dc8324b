package io.belay.demo.provider;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * A request as the provider reads it.
 *
 * @param target path and query, as sent
 * @param body the body, empty if there is none
 */
record HttpRequest(String method, URI target, String body) {

  String path() {
    return target.getPath();
  }

  /** The decoded value of a query parameter, or the fallback when it is not there. */
  String query(String name, String fallback) {
    String query = target.getRawQuery();
    if (query == null) {
      return fallback;
    }
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return fallback;
  }
}
