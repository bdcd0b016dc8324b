package io.belay.agent.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Which handler answers what. Built once, then only read. */
final class Routes {
  /** Answers a request, or throws a {@link Problem}. */
  @FunctionalInterface
  interface Handler {
    Answer answer(Request request) throws InterruptedException;
  }

  private record Route(List<String> template, Map<String, Handler> byMethod) {
    boolean matches(List<String> path) {
      if (path.size() != template.size()) {
        return false;
      }
      for (int i = 0; i < path.size(); i++) {
        if (!template.get(i).startsWith("{") && !template.get(i).equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }

    String allowed() {
      TreeSet<String> methods = new TreeSet<>(byMethod.keySet());
      if (methods.contains("GET")) {
        methods.add("HEAD");
      }
      return String.join(", ", methods);
    }
  }

  private final List<Route> routes = new ArrayList<>();

  /** Adds one; {@code {id}} in the template stands for any one segment. */
  Routes add(String method, String template, Handler handler) {
    List<String> segments = Request.segments(template);
    for (Route route : routes) {
      if (route.template.equals(segments)) {
        route.byMethod.put(method, handler);
        return this;
      }
    }
    Map<String, Handler> byMethod = new LinkedHashMap<>();
    byMethod.put(method, handler);
    routes.add(new Route(segments, byMethod));
    return this;
  }

  /** The handler; a HEAD is answered by GET's. */
  Handler find(String method, List<String> path) {
    for (Route route : routes) {
      if (route.matches(path)) {
        Handler handler = route.byMethod.get(method.equals("HEAD") ? "GET" : method);
        if (handler == null) {
          String allowed = route.allowed();
          throw new Problem(
              405, method + " is not possible here, only " + allowed, Map.of("Allow", allowed));
        }
        return handler;
      }
    }
    throw new Problem(404, "there is nothing at this address; see /openapi.json");
  }

  /** All routes as {@code GET /runs/{id}}. */
  List<String> names() {
    return routes.stream()
        .flatMap(
            route ->
                route.byMethod.keySet().stream()
                    .map(method -> method + " /" + String.join("/", route.template)))
        .toList();
  }
}
