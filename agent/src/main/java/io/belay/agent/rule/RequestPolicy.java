package io.belay.agent.rule;

import io.belay.boot.Inbound;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says about inbound requests.
 *
 * @param idFrom where a request's run id is taken from, the first that is present
 * @param callerFrom where it is taken from who sent a request, the first that is present
 * @param stoppedStatus HTTP status of the answer to a request whose run was stopped
 * @param onDisconnect what happens when a client leaves
 * @param halfClose whether a client that has closed its sending side only counts as gone
 */
public record RequestPolicy(
    List<IdSource> idFrom,
    List<IdSource> callerFrom,
    int stoppedStatus,
    DisconnectPolicy onDisconnect,
    HalfClose halfClose) {
  /** The id that {@code request} brings; empty when it brings none. */
  public String id(Inbound request) {
    return first(idFrom, request);
  }

  /** Who {@code request} says it is from; empty when it does not. */
  public String caller(Inbound request) {
    return first(callerFrom, request);
  }

  private static String first(List<IdSource> sources, Inbound request) {
    for (IdSource source : sources) {
      String id =
          switch (source.kind()) {
            case HEADER -> request.header(source.name());
            case PATH -> source.fromPath(request.path());
            case QUERY -> parameter(request.query(), source.name());
          };
      if (id != null && !id.isEmpty()) {
        return id;
      }
    }
    return "";
  }

  private static @Nullable String parameter(@Nullable String query, String name) {
    if (query == null) {
      return null;
    }
    for (int from = 0; from < query.length(); ) {
      int end = query.indexOf('&', from);
      end = end < 0 ? query.length() : end;
      int equals = query.indexOf('=', from);
      if (equals >= 0 && equals < end && decoded(query, from, equals).equals(name)) {
        return decoded(query, equals + 1, end);
      }
      from = end + 1;
    }
    return null;
  }

  private static String decoded(String query, int from, int to) {
    String part = query.substring(from, to);
    try {
      return URLDecoder.decode(part, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return part;
    }
  }
}
