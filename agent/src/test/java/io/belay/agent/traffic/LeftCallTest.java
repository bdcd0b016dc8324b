package io.belay.agent.traffic;

import static io.belay.agent.rule.Limit.OUTPUT_TOKENS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belay.agent.rule.OnExceeded;
import io.belay.api.BudgetExceededException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a stream has spent that its application leaves. */
class LeftCallTest {
  private static final String STREAMED = ",\"stream\":true,\"max_tokens\":300";
  private final Rig rig = Rig.limited(OUTPUT_TOKENS, 1000);

  private Sending begun() {
    return rig.send(Sending.chat(STREAMED)).stream().tokens(10);
  }

  private void has(long used, long left) {
    assertEquals(used, rig.runs.root().usage().outputTokens());
    assertEquals(left, rig.runs.root().remaining().get("output-tokens"));
  }

  @Test
  void whatHasComeAndNobodyTookIsSpentByItsSize() {
    Sending call = begun();
    call.tap().unread(100_000, false);
    call.tap().closedEarly();
    has(300, 700);
  }

  @Test
  void isAllThatItMayHaveHadWhereNobodyCanTell() {
    Sending call = begun();
    call.tap().unread(-1, false);
    call.tap().closedEarly();
    has(10, 700);
    assertTrue(rig.runs.root().usage().estimated());
  }

  /** A client is asked again when its connection is closed, and again where it is not known. */
  @Test
  void isWhatWasOnceMeasured() {
    Sending call = begun();
    call.tap().unread(-1, false);
    call.tap().unread(0, false);
    call.tap().unread(-1, false);
    call.tap().closedEarly();
    has(10, 990);
  }

  @Test
  void isWhatItsProviderSaysWhereThatHasSpoken() {
    Sending call = begun();
    call.chunk(
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":10}}\n\n");
    call.tap().unread(-1, false);
    call.tap().closedEarly();
    has(10, 990);
  }

  /** Nobody has left it. */
  @Test
  void isWhatCameWhereItBrokeOff() {
    begun().tap().done(new IOException("reset"));
    has(10, 990);
  }

  private static Sending refused(Rig rig) {
    Sending call = rig.send(Sending.chat(STREAMED));
    call.tap().leaving();
    call.tap().answered(429, "application/json", null);
    return call;
  }

  /** Its body may never be read: who asks again has all that there is. */
  @Test
  void leavesWhatItSetAsideWhereItIsRefused() {
    Sending call = refused(rig);
    has(0, 1000);
    call.tap().closedEarly();
    has(0, 1000);
  }

  @Test
  void takesItUpAgainWhereItIsTriedAgain() {
    Sending call = refused(rig);
    call.tap().leaving();
    has(0, 700);
    call.stream().tokens(10).tap().unread(0, false);
    call.tap().closedEarly();
    has(10, 990);
  }

  /** What was set aside for the first attempt is another's by then. */
  @Test
  void isNotTriedAgainWhereNothingIsLeft() {
    Rig rig = Rig.limited(OnExceeded.REFUSE, OUTPUT_TOKENS, 1000);
    Sending call = refused(rig);
    Sending other = rig.send(Sending.chat(",\"stream\":true,\"max_tokens\":900"));
    assertThrows(BudgetExceededException.class, call.tap()::leaving);
    other.stream().tokens(100).tap().unread(0, false);
    other.tap().closedEarly();
    assertEquals(100, rig.runs.root().usage().outputTokens());
    assertEquals(900L, rig.runs.root().remaining().get("output-tokens"));
  }

  /** A client that does not say so: then it is too late to refuse. */
  @Test
  void isCountedWhereItWasTriedAgainUnseen() {
    Sending call = refused(rig);
    call.stream().tokens(10);
    has(0, 700);
  }
}
