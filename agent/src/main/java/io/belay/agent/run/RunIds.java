package io.belay.agent.run;

/** temporary */
final class RunIds {
  static String clean(String id) {
    return id.replaceAll("[^A-Za-z0-9._:~-]", "-");
  }

  static String suffixed(String id, int n) {
    return id + "~" + n;
  }
}
