package io.belay.agent;

/** The command line of belay.jar. */
final class Cli {
  private Cli() {}

  static int run(String[] arguments) {
    return 2;
  }
}
