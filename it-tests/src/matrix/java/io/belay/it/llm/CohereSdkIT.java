package io.belay.it.llm;

import io.belay.it.harness.Jvm;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;
import java.util.List;

/** Cohere by cohere-java, which rides on OkHttp. */
@Sets({FurtherSdkScenarios.NEWEST, FurtherSdkScenarios.OLDEST})
class CohereSdkIT extends FurtherSdkScenarios {
  CohereSdkIT() {
    super(CohereApp.class, Wire.COHERE);
  }

  @Override
  List<String> ways(Setting setting) {
    // The first versions have no asynchronous client, and do not understand this API's streams.
    return isOldest(setting) ? List.of("ask") : super.ways(setting);
  }

  @Scenario
  @Override
  void aPauseBeforeARetryIsEnded(Setting setting) {
    if (!isOldest(setting)) { // Which does not wait as long as it is told to.
      super.aPauseBeforeARetryIsEnded(setting);
    }
  }

  @Override
  boolean resumes(Setting setting) {
    return false; // It looks at statuses alone.
  }

  @Override
  boolean pauses(Jvm belay, String run, String what) {
    return belay.sleeps(); // Inside the call, whose thread it is.
  }

  /** The application calls it. */
  @Override
  int toolCalls(Setting setting) {
    return 0;
  }
}
