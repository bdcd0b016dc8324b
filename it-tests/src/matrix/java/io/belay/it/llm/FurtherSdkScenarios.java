package io.belay.it.llm;

import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;

/** What holds for every SDK that can stream and call tools, in its newest and oldest version. */
abstract class FurtherSdkScenarios extends SdkScenarios {
  static final String NEWEST = "sdks-further";
  static final String OLDEST = "sdks-further-oldest";

  FurtherSdkScenarios(Class<? extends SdkApp> app, Wire wire) {
    super(app, wire);
  }

  static boolean isOldest(Setting setting) {
    return setting.libraries().equals(OLDEST);
  }

  @Scenario
  void aStreamThatIsCutIsBookedAsFarAsItCame(Setting setting) {
    if (ways(setting).contains("stream")) {
      cutStream(setting);
    }
  }

  @Scenario
  void aConversationWithAToolIsBooked(Setting setting) {
    conversationWithATool(setting);
  }

  @Scenario
  void aToolThatFetchesIsEndedWithItsRun(Setting setting) {
    toolThatFetches(setting);
  }

  @Scenario
  void aToolOfAStoppedRunTellsTheModelNothing(Setting setting) {
    toolOfAStoppedRun(setting);
  }
}
