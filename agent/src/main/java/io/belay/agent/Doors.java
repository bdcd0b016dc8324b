package io.belay.agent;

import io.belay.agent.run.Runs;

/** The doors. */
final class Doors {
  private Doors() {}

  static void open(Settings settings, Runs runs, Coverage coverage, boolean beforeMain)
      throws SettingsException {}
}
