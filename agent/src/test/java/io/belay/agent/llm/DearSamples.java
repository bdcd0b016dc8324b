package io.belay.agent.llm;

import static io.belay.agent.llm.Sample.utf8;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Answers of which a part costs otherwise than text at the standard tier. */
final class DearSamples {
  private static final String SSE = "text/event-stream";
  private static final String JSON = "application/json";
  private static final String CHAT = "/v1/chat/completions";

  private DearSamples() {}

  private static void add(
      List<Sample> all, String path, String ask, String type, byte[] body, Usage usage) {
    String name = "dear: " + path + " " + usage.extra();
    String id = path.contains("/model/") ? "" : "id-1";
    String model = path.contains("/model/") ? "amazon.nova-pro-v1:0" : "m-1";
    all.add(new Sample(name, path, ask, type, body, usage, id, model, ResponseTap.Finish.COMPLETE));
  }

  private static Usage used(long in, long out, long read, long thought, Extra extra) {
    return new Usage(in, out, read, 0, 0, thought, false, extra);
  }

  static void addTo(List<Sample> all) {
    openAi(all);
    responses(all);
    anthropic(all);
    gemini(all);
    bedrock(all);
  }

  private static void openAi(List<Sample> all) {
    String ask = "{\"model\":\"gpt-audio\",\"stream\":STREAM,\"messages\":[{\"content\":\"Hi\"}]}";
    String usage =
        """
        {"prompt_tokens":120,"completion_tokens":60,"total_tokens":180,"prompt_tokens_details":\
        {"cached_tokens":20,"audio_tokens":90,"cached_tokens_details":{"audio_tokens":5}},\
        "completion_tokens_details":{"reasoning_tokens":3,"audio_tokens":40}}\
        """;
    String head = "{\"id\":\"id-1\",\"model\":\"m-1\",\"service_tier\":\"TIER\",\"choices\":";
    Extra extra = new Extra(Service.PRIORITY, false, 90, 40, 5, 0, 0);
    add(
        all,
        CHAT,
        ask.replace("STREAM", "false"),
        JSON,
        utf8(
            head.replace("TIER", "priority")
                + "[{\"message\":{\"content\":null,\"audio\":{\"id\":\"a\",\"data\":\"UklGRg==\","
                + "\"transcript\":\"Hello\"}},\"finish_reason\":\"stop\"}],\"usage\":"
                + usage
                + "}"),
        used(120, 60, 20, 3, extra));
    String chunk = "data: " + head.replace("TIER", "auto") + "[{\"delta\":{\"audio\":{";
    add(
        all,
        CHAT,
        ask.replace("STREAM", "true"),
        SSE,
        utf8(
            chunk
                + "\"id\":\"a\",\"transcript\":\"Hel\"}}}]}\n\n"
                + chunk
                + "\"data\":\"UklGRg==\"}}}]}\n\n"
                + chunk
                + "\"data\":\"UklGRg==\"}}}]}\n\n"
                + chunk
                + "\"transcript\":\"lo\"}},\"finish_reason\":\"stop\"}]}\n\ndata: "
                + head.replace("TIER", "ultrafast")
                + "[],\"usage\":"
                + usage
                + "}\n\ndata: [DONE]\n\n"),
        used(120, 60, 20, 3, extra.at(Service.FAST, false)));
    add(
        all,
        CHAT,
        "{\"model\":\"gpt-5-search-api\",\"messages\":[{\"content\":\"Hi\"}]}",
        JSON,
        utf8(
            head.replace("TIER", "flex")
                + "[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}],\"usage\":"
                + "{\"prompt_tokens\":9,\"completion_tokens\":2}}"),
        used(9, 2, 0, 0, new Extra(Service.FLEX, false, 0, 0, 0, 0, 1)));
  }

  private static void responses(List<Sample> all) {
    String tool = "\"tools\":[{\"type\":\"web_search\"}]";
    String search =
        "{\"type\":\"web_search_call\",\"status\":\"completed\",\"action\":{\"type\":\"search\","
            + "\"query\":\"q\"}}";
    String items =
        search
            + ","
            + search.replace("\"search\"", "\"open_page\"")
            + ","
            + search
            + ",{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hi\"}]}";
    String whole =
        "{\"id\":\"id-1\",\"model\":\"m-1\",\"status\":\"completed\",\"service_tier\":\"priority\","
            + "\"output\":["
            + items
            + "],\"usage\":{\"input_tokens\":50,\"output_tokens\":7,\"total_tokens\":57}}";
    Usage used = used(50, 7, 0, 0, new Extra(Service.PRIORITY, false, 0, 0, 0, 0, 2));
    String ask = "{\"model\":\"gpt-5\",\"input\":\"Hi\",\"stream\":STREAM," + tool + "}";
    add(all, "/v1/responses", ask.replace("STREAM", "false"), JSON, utf8(whole), used);
    StringBuilder stream =
        new StringBuilder(
            "data: {\"type\":\"response.created\",\"response\":{\"id\":\"id-1\",\"model\":\"m-1\","
                + "\"status\":\"in_progress\",\"service_tier\":\"auto\",\"output\":[]}}\n\n");
    for (String item : items.split(",(?=\\{\"type\":\"[wm])")) {
      String event = "data: {\"type\":\"response.output_item.WHEN\",\"item\":" + item + "}\n\n";
      stream.append(event.replace("WHEN", "added")).append(event.replace("WHEN", "done"));
    }
    stream.append("data: {\"type\":\"response.output_text.delta\",\"delta\":\"Hi\"}\n\n");
    stream.append("data: {\"type\":\"response.completed\",\"response\":").append(whole);
    add(all, "/v1/responses", ask.replace("STREAM", "true"), SSE, utf8(stream + "}\n\n"), used);
  }

  private static void anthropic(List<Sample> all) {
    String ask =
        "{\"model\":\"claude-opus-4-8\",\"max_tokens\":99,\"stream\":true,\"messages\":"
            + "[{\"content\":\"Hi\"}]}";
    String usage =
        "\"usage\":{\"input_tokens\":20,\"output_tokens\":OUT,\"service_tier\":\"priority\","
            + "\"speed\":\"SPEED\",\"inference_geo\":\"us\",\"server_tool_use\":"
            + "{\"web_search_requests\":TIMES,\"web_fetch_requests\":4}}";
    String block =
        "data: {\"type\":\"content_block_start\",\"content_block\":{\"type\":\"server_tool_use\","
            + "\"name\":\"web_search\",\"input\":{}}}\n\n";
    String stream =
        "data: {\"type\":\"message_start\",\"message\":{\"id\":\"id-1\",\"model\":\"m-1\","
            + usage.replace("OUT", "1").replace("TIMES", "0")
            + "}}\n\n"
            + block
            + block
            + "data: {\"type\":\"content_block_delta\",\"delta\":{\"text\":\"Hi\"}}\n\n"
            + "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
            + "\"usage\":{\"output_tokens\":30,\"service_tier\":\"standard\",\"server_tool_use\":"
            + "{\"web_search_requests\":3}}}\n\ndata: {\"type\":\"message_stop\"}\n\n";
    Extra extra = new Extra(Service.STANDARD, true, 0, 0, 0, 0, 3);
    add(
        all,
        "/v1/messages",
        ask,
        SSE,
        utf8(stream.replace("SPEED", "fast")),
        used(20, 30, 0, 0, extra.at(Service.FAST, true)));
    add(
        all,
        "/v1/messages",
        ask,
        SSE,
        utf8(stream.replace("SPEED", "standard")),
        used(20, 30, 0, 0, extra));
    add(
        all,
        "/v1/messages",
        ask.replace("true", "false"),
        JSON,
        utf8(
            "{\"id\":\"id-1\",\"type\":\"message\",\"model\":\"m-1\",\"content\":[],\"stop_reason\":"
                + "\"end_turn\","
                + usage.replace("OUT", "30").replace("TIMES", "3").replace("SPEED", "fast")
                + "}"),
        used(20, 30, 0, 0, extra.at(Service.FAST, true)));
  }

  private static void gemini(List<Sample> all) {
    String path = "/v1beta/models/gemini-3-flash:";
    String ask =
        "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],\"tools\":[{\"googleSearch\":{}}]}";
    String last =
        """
        {"candidates":[{"content":{"parts":[{"text":"Hi"}]},"finishReason":"STOP",\
        "groundingMetadata":{"webSearchQueries":["a","b",""],"groundingChunks":[{"web":{}}]}}],\
        "usageMetadata":{"promptTokenCount":100,"candidatesTokenCount":70,"thoughtsTokenCount":9,\
        "cachedContentTokenCount":30,"promptTokensDetails":[{"modality":"TEXT","tokenCount":40},\
        {"tokenCount":60,"modality":"AUDIO"}],"cacheTokensDetails":[{"modality":"AUDIO",\
        "tokenCount":25}],"candidatesTokensDetails":[{"modality":"AUDIO","tokenCount":50},\
        {"modality":"IMAGE","tokenCount":11}],"trafficType":"ON_DEMAND_PRIORITY"},\
        "modelVersion":"m-1","responseId":"id-1"}\
        """;
    String first =
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"We\"}]}}],\"usageMetadata\":"
            + "{\"promptTokenCount\":100,\"trafficType\":\"ON_DEMAND_PRIORITY\"}}";
    Usage used = used(100, 79, 30, 9, new Extra(Service.PRIORITY, false, 60, 50, 25, 11, 2));
    add(all, path + "generateContent", ask, JSON, utf8(last), used);
    String streamed = path + "streamGenerateContent";
    add(all, streamed, ask, SSE, utf8("data: " + first + "\n\ndata: " + last + "\n\n"), used);
    add(all, streamed, ask, JSON, utf8("[" + first + "," + last + "]"), used);
    String found = last.replace("\"a\",\"b\",\"\"", "").replace("_PRIORITY", "_FLEX");
    add(
        all,
        path + "generateContent",
        ask,
        JSON,
        utf8(found),
        used.with(new Extra(Service.FLEX, false, 60, 50, 25, 11, 1)));
  }

  private static void bedrock(List<Sample> all) {
    String ask = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hi\"}]}]}";
    String path = "/model/amazon.nova-pro-v1%3A0/converse";
    String usage = "\"usage\":{\"inputTokens\":12,\"outputTokens\":9,\"totalTokens\":21}";
    String tier = ",\"serviceTier\":{\"type\":\"priority\"}";
    Usage used = used(12, 9, 0, 0, new Extra(Service.PRIORITY, false, 0, 0, 0, 0, 0));
    add(all, path, ask, JSON, utf8("{\"stopReason\":\"end_turn\"," + usage + tier + "}"), used);
    String fast =
        ",\"performanceConfig\":{\"latency\":\"optimized\"},\"serviceTier\":{\"type\":\"default\"}";
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    Samples.message(stream, "contentBlockDelta", "{\"delta\":{\"text\":\"Hello\"},\"p\":\"ab\"}");
    Samples.message(stream, "messageStop", "{\"p\":\"ab\",\"stopReason\":\"end_turn\"}");
    Samples.message(stream, "metadata", "{" + usage + fast + "}");
    String type = "application/vnd.amazon.eventstream";
    add(all, path + "-stream", ask, type, stream.toByteArray(), used);
  }
}
