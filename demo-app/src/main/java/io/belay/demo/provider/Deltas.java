package io.belay.demo.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belay.demo.provider.Answer.Arguments;
import io.belay.demo.provider.Answer.CallBegins;
import io.belay.demo.provider.Answer.Text;
import io.belay.demo.provider.Answer.Token;
import java.util.List;

/** Tokens as OpenAI writes them: as the deltas of a stream, or joined to a message. */
final class Deltas {
  private Deltas() {}

  /** The delta of one token. A tool call's id and name come first, its arguments in pieces. */
  static ObjectNode of(Token token, String completionId) {
    ObjectNode delta = JsonNodeFactory.instance.objectNode();
    if (token instanceof Text text) {
      delta.put("content", text.text());
    } else if (token instanceof CallBegins call) {
      begin(delta.putArray("tool_calls"), call, completionId).put("index", call.index());
    } else if (token instanceof Arguments arguments) {
      ObjectNode call = delta.putArray("tool_calls").addObject().put("index", arguments.index());
      call.putObject("function").put("arguments", arguments.piece());
    }
    return delta;
  }

  static ObjectNode joined(List<Token> tokens, String completionId) {
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("role", "assistant");
    StringBuilder content = new StringBuilder();
    ArrayNode calls = JsonNodeFactory.instance.arrayNode();
    for (Token token : tokens) {
      if (token instanceof Text text) {
        content.append(text.text());
      } else if (token instanceof CallBegins call) {
        begin(calls, call, completionId);
      } else if (token instanceof Arguments arguments) {
        ObjectNode function = (ObjectNode) calls.get(arguments.index()).get("function");
        function.put("arguments", function.get("arguments").asText() + arguments.piece());
      }
    }
    message.put("content", content.toString()).putNull("refusal");
    if (!calls.isEmpty()) {
      message.set("tool_calls", calls);
    }
    return message;
  }

  private static ObjectNode begin(ArrayNode calls, CallBegins begins, String completionId) {
    ObjectNode call = calls.addObject();
    call.put("id", completionId.replace("chatcmpl", "call") + "-" + begins.index());
    call.put("type", "function");
    call.putObject("function").put("name", begins.name()).put("arguments", "");
    return call;
  }
}
