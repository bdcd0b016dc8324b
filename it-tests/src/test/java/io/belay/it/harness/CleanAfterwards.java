package io.belay.it.harness;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Checks the forked JVMs after each scenario. */
final class CleanAfterwards implements AfterEachCallback {
  @Override
  public void afterEach(ExtensionContext context) {
    Setting.assertClean();
  }
}
