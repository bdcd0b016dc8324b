package io.belay.agent.run;

final class SqlText {
  static String withoutLiterals(String s) {
    return s;
  }
}
