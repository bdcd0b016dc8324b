package io.belay.it.llm;

import com.anthropic.client.AnthropicClient;
import com.anthropic.helpers.BetaToolRunner;
import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.MessageCreateParams;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A conversation by the SDK's own loop; apart, since the first versions have none. */
final class AnthropicTools {
  private AnthropicTools() {}

  /** The {@link Tool}, as the SDK wants it. */
  @JsonTypeName("lookUp")
  @JsonClassDescription("fetches a page")
  public static final class LookUp implements Supplier<String> {
    public String url;

    @Override
    public String get() {
      return Tool.fetch(url);
    }
  }

  static String converse(AnthropicClient client) {
    MessageCreateParams prompt =
        MessageCreateParams.builder()
            .model("m")
            .maxTokens(1000)
            .putAdditionalHeader("anthropic-beta", "structured-outputs-2025-11-13")
            .addTool(LookUp.class)
            .addUserMessage("hello")
            .build();
    BetaToolRunner loop = client.beta().messages().toolRunner(prompt);
    BetaMessage last = null;
    for (BetaMessage message : loop) {
      last = message;
    }
    return last.content().stream()
        .map(block -> block.asText().text())
        .collect(Collectors.joining());
  }
}
