package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.it.harness.Arrival;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The AWS SDK's Bedrock Runtime: Converse, over Apache HttpClient 5 and Netty. */
class BedrockConverseIT extends SdkScenarios {
  BedrockConverseIT() {
    super(BedrockConverseApp.class, Wire.BEDROCK_CONVERSE);
  }

  @Override
  boolean pauses(Jvm belay, String run, String what) {
    return what.equals("later") || belay.sleeps(); // No thread waits for a timer.
  }

  @Scenario
  void aStreamThatIsCutIsBookedAsFarAsItCame(Setting setting) {
    cutStream(setting);
  }

  @Scenario
  void aRequestIsLoweredBeforeItIsSigned(Setting setting) throws NoSuchAlgorithmException {
    List<Arrival> arrivals = spentToTheLast(setting);
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    for (Arrival call : arrivals) {
      assertTrue(call.body().contains("\"maxTokens\":"), call.body());
      byte[] sum = sha.digest(call.body().getBytes(StandardCharsets.UTF_8));
      assertEquals(HexFormat.of().formatHex(sum), call.header("X-Amz-Content-Sha256"));
    }
  }
}
