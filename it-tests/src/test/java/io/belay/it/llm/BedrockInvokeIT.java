package io.belay.it.llm;

import io.belay.it.harness.Jvm;
import io.belay.it.harness.Libraries;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;

/** The AWS SDK's Bedrock Runtime: InvokeModel, over HttpURLConnection and Netty. */
@Sets({Libraries.NEWEST, Libraries.OLDEST_SDKS})
class BedrockInvokeIT extends SdkScenarios {
  BedrockInvokeIT() {
    super(BedrockApp.class, Wire.BEDROCK_INVOKE);
  }

  @Override
  boolean pauses(Jvm belay, String run, String what) {
    return what.equals("later") || belay.sleeps(); // No thread waits for a timer.
  }

  @Scenario
  void aStreamThatIsCutIsBookedAsFarAsItCame(Setting setting) {
    cutStream(setting);
  }
}
