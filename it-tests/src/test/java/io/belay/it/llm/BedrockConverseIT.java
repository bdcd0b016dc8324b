package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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

  /** Its stream says so in its middle, and the SDK tries again, perhaps. */
  @Scenario
  void whatCameBeforeAStreamFailedIsBooked(Setting setting) {
    int control = broken(setting.withoutBelay(), Setting.unique("control"));
    String run = Setting.unique("broken");
    Jvm belay = setting.withBelay();
    assertEquals(control, broken(belay, run));
    JsonNode usage = belay.control().over(run).path("usage");
    assertEquals(5 * control, usage.path("outputTokens").asInt(), usage::toPrettyString);
    assertTrue(usage.path("inputTokens").asInt() > 0, usage::toPrettyString);
    assertTrue(usage.path("estimated").asBoolean(), usage::toPrettyString);
  }

  /** Answers how often it was asked. */
  private int broken(Jvm jvm, String key) {
    answering(
        key,
        call -> {
          Generator.begin(Wire.BEDROCK_CONVERSE, call);
          for (int i = 0; i < 5; i++) {
            call.chunk(Wire.BEDROCK_CONVERSE.framed(Wire.BEDROCK_CONVERSE.token()));
          }
          call.chunk(EventStream.exception("throttlingException", "{\"message\":\"slow\"}"));
          call.end();
        });
    assertTrue(begin(jvm, "stream", key, 1).fails());
    return requests(key);
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
