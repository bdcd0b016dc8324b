package io.belay.it.llm;

import io.belay.it.harness.Libraries;
import io.belay.it.harness.Scenario;
import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;
import java.util.List;

/**
 * Spring AI: in version 1.1 RestClient for whole answers and WebClient on Reactor Netty for
 * streams, in version 2 openai-java.
 */
@Sets({Libraries.NEWEST, Libraries.OLDEST_SDKS, "spring-ai-2"})
class SpringAiSdkIT extends SdkScenarios {
  SpringAiSdkIT() {
    super(SpringAiApp.class, Wire.OPENAI);
  }

  @Override
  List<Integer> retried() {
    return List.of(500, 503); // It takes every 4xx for an answer.
  }

  @Scenario
  void aStreamThatIsCutIsBookedAsFarAsItCame(Setting setting) {
    cutStream(setting);
  }

  @Scenario
  void aConversationWithAToolIsBooked(Setting setting) {
    conversationWithATool(setting);
  }

  @Scenario
  void aToolOfAStoppedRunTellsTheModelNothing(Setting setting) {
    toolOfAStoppedRun(setting);
  }

  @Scenario
  void aToolThatFetchesIsEndedWithItsRun(Setting setting) {
    toolThatFetches(setting);
  }

  @Scenario
  void anAnswerThatIsReadIntoAnObjectIsARun(Setting setting) {
    typedAnswers(setting);
  }
}
