package io.belay.it.llm;

import io.belay.it.harness.Jvm;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;

/** Cohere by cohere-java, which rides on OkHttp. */
@Sets("sdks-further")
class CohereSdkIT extends SdkScenarios {
  CohereSdkIT() {
    super(CohereApp.class, Wire.COHERE);
  }

  @Override
  boolean resumes(Setting setting) {
    return false; // It looks at statuses alone.
  }

  @Override
  boolean pauses(Jvm belay, String run, String what) {
    return belay.sleeps(); // Inside the call, whose thread it is.
  }

  @Scenario
  void aStreamThatIsCutIsBookedAsFarAsItCame(Setting setting) {
    cutStream(setting);
  }
}
