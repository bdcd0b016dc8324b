package io.belay.it.llm;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.ObjectMappers;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.MessageParam;
import com.anthropic.models.messages.Tool.InputSchema;
import com.anthropic.models.messages.ToolUnion;
import com.anthropic.models.messages.ToolUseBlock;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A conversation whose tool the application calls itself: the first versions have no loop. */
final class AnthropicByHand {
  private AnthropicByHand() {}

  static String converse(AnthropicClient client, MessageCreateParams prompt) {
    com.anthropic.models.messages.Tool lookUp =
        com.anthropic.models.messages.Tool.builder()
            .name("lookUp")
            .description("fetches a page")
            .inputSchema(InputSchema.builder().build())
            .build();
    MessageCreateParams offer = prompt.toBuilder().tools(List.of(ToolUnion.ofTool(lookUp))).build();
    Message answer = client.messages().create(offer);
    ToolUseBlock call = answer.content().get(0).toolUse().orElseThrow();
    JsonMapper json = ObjectMappers.jsonMapper();
    String page = Tool.fetch(json.valueToTree(call).path("input").path("url").asText());
    MessageCreateParams next =
        offer.toBuilder().addMessage(answer).addMessage(result(json, call.id(), page)).build();
    return AnthropicApp.text(client.messages().create(next));
  }

  /** Read from JSON, since the first version has other types for it. */
  private static MessageParam result(JsonMapper json, String call, String page) {
    ObjectNode message = json.createObjectNode().put("role", "user");
    message
        .putArray("content")
        .addObject()
        .put("type", "tool_result")
        .put("tool_use_id", call)
        .put("content", page);
    try {
      return json.treeToValue(message, MessageParam.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
