package io.belay.agent.run;

final class Targets {
  static String url(String u) {
    int q = u.indexOf('?');
    return q < 0 ? u : u.substring(0, q);
  }
}
