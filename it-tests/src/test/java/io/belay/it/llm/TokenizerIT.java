package io.belay.it.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import io.belay.it.harness.Await;
import io.belay.it.harness.Jvm;
import io.belay.it.harness.Provider;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Setting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A stream that its reader leaves is counted by the tokenizer that the application has. */
class TokenizerIT {
  /** A token for every two bytes, where a guess by bytes takes four for one. */
  private static final String TEXT = " a b c d e f g h i j k l m n o p q r s t".repeat(5);

  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = Provider.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  /** Answers the run, in which the application has had the text before it left. */
  private static String cut(Jvm jvm, String model) {
    String run = Setting.unique("cut");
    provider.answering(
        run,
        call -> {
          call.stream();
          call.token(TEXT);
          call.awaitClientLeft();
        });
    assertTrue(
        jvm.start(CutOff.class, run, provider.url(run), model, TEXT).result().contains(TEXT));
    return run;
  }

  private static JsonNode usageOfACut(Jvm jvm, String model) {
    String run = cut(jvm, model);
    return jvm.control().over(run).path("usage");
  }

  @Scenario
  void aStreamThatIsCutIsCountedByTheApplicationsTokenizer(Setting setting) {
    Encoding encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    long tokens = encoding.countTokensOrdinary(TEXT);
    cut(setting.withoutBelay(), "gpt-4o");
    Jvm belay = setting.withBelay();
    // By bytes at first: the tables are read while the first call is under way.
    Await.until(
        "the tables are there",
        () -> usageOfACut(belay, "gpt-4o").path("outputTokens").asLong() == tokens);
    JsonNode usage = usageOfACut(belay, "gpt-4o");
    assertEquals(tokens, usage.path("outputTokens").asLong(), usage::toPrettyString);
    assertTrue(usage.path("estimated").asBoolean(), usage::toPrettyString);
    long input = usage.path("inputTokens").asLong();
    assertTrue(input >= tokens && input <= tokens + 12, usage::toPrettyString);
    assertNotEquals(tokens, usageOfACut(belay, "llama3").path("outputTokens").asLong());
  }

  @Scenario
  void orByItsBytesWhereThatIsNotWanted(Setting setting) {
    Jvm belay = setting.withBelay("belay.llm.tokenizer=off");
    assertEquals(
        (TEXT.length() + 3) / 4, usageOfACut(belay, "gpt-4o").path("outputTokens").asLong());
  }
}
