package io.belay.it.llm;

import io.belay.it.harness.Scenario;
import io.belay.it.harness.Sets;
import io.belay.it.harness.Setting;
import java.util.List;

/** Streams of Azure's asynchronous client. */
@Sets({FurtherSdkScenarios.NEWEST, FurtherSdkScenarios.OLDEST})
class AzureAsyncSdkIT extends SdkScenarios {
  AzureAsyncSdkIT() {
    super(AzureAsyncApp.class, Wire.OPENAI);
  }

  @Override
  List<String> ways(Setting setting) {
    return List.of("stream");
  }

  @Scenario
  void aStreamThatIsCutIsBookedAsFarAsItCame(Setting setting) {
    cutStream(setting);
  }

  @Scenario
  void whatALimitRefusesIsNotTriedAgain(Setting setting) {
    refusedByALimitOnce(setting);
  }
}
