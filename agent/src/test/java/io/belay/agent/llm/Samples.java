package io.belay.agent.llm;

import static io.belay.agent.llm.Sample.utf8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;

/** Answers in the shapes that the providers document. Numbers are chosen to be told apart. */
final class Samples {
  private static final String SSE = "text/event-stream; charset=utf-8";
  private static final String JSON = "application/json";
  private static final String EVENT_STREAM = "application/vnd.amazon.eventstream";
  private static final String CHAT = "/v1/chat/completions";
  private static final String CHAT_ASK =
      """
      {"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"Hi"}]}\
      """;

  private Samples() {}

  static List<Sample> all() {
    List<Sample> all = new ArrayList<>();
    chat(all);
    responses(all);
    anthropic(all);
    gemini(all);
    bedrock(all);
    others(all);
    DearSamples.addTo(all);
    return all;
  }

  private static Usage used(long in, long out, long read, long write, long hour, long reasoning) {
    return new Usage(in, out, read, write, hour, reasoning, false);
  }

  private static void add(
      List<Sample> all,
      String name,
      String path,
      String ask,
      String type,
      byte[] body,
      Usage usage,
      String id,
      String model) {
    all.add(new Sample(name, path, ask, type, body, usage, id, model, ResponseTap.Finish.COMPLETE));
  }

  private static void chat(List<Sample> all) {
    add(
        all,
        "chat plain, cached input, reasoning, tool call",
        CHAT,
        CHAT_ASK.replace("true", "false"),
        JSON,
        utf8(
            """
            {
              "id": "chatcmpl-A1", "object": "chat.completion", "created": 1755000000,
              "model": "gpt-4o-2024-08-06",
              "choices": [{"index": 0, "message": {"role": "assistant", "content": null,
                "tool_calls": [{"id": "call_1", "type": "function",
                  "function": {"name": "lookup",
                    "arguments": "{\\"q\\":\\"r\\u00e9sum\\u00e9\\"}"}}],
                "refusal": null}, "logprobs": null, "finish_reason": "tool_calls"}],
              "usage": {"prompt_tokens": 1200, "completion_tokens": 345, "total_tokens": 1545,
                "prompt_tokens_details": {"cached_tokens": 1024, "audio_tokens": 0},
                "completion_tokens_details": {"reasoning_tokens": 300, "audio_tokens": 0,
                  "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0}},
              "service_tier": "default", "system_fingerprint": "fp_1"
            }
            """),
        used(1200, 345, 1024, 0, 0, 300),
        "chatcmpl-A1",
        "gpt-4o-2024-08-06");
    String head =
        "data: {\"id\":\"chatcmpl-B2\",\"object\":\"chat.completion.chunk\",\"created\":17550,"
            + "\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":";
    String tail = "}],\"usage\":null,\"obfuscation\":\"x9Z\"}\n\n";
    add(
        all,
        "chat streamed, usage asked for",
        CHAT,
        CHAT_ASK,
        SSE,
        utf8(
            head
                + "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},\"finish_reason\":"
                + "null"
                + tail
                + text(head, "Hel")
                + text(head, "lo, wörld 你好")
                + text(head, "\\n\\\"quoted\\\" \\u00e9 \\ud83d\\ude00")
                + text(head, ".")
                + text(head, "..")
                + head
                + "{},\"finish_reason\":\"stop\"}],\"usage\":null}\n\n"
                + usageChunk("chatcmpl-B2", 19, 10)
                + "data: [DONE]\n\n"),
        used(19, 10, 0, 0, 0, 0),
        "chatcmpl-B2",
        "gpt-4o");
    add(
        all,
        "chat streamed by Azure with filter results first, CRLF",
        "/openai/deployments/my-gpt/chat/completions",
        CHAT_ASK.replace("\"model\":\"gpt-4o\",", ""),
        SSE,
        utf8(
            ("data: {\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\","
                    + "\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":"
                    + "{\"hate\":{\"filtered\":false,\"severity\":\"safe\"}}}],\"usage\":null}\n\n"
                    + text(head, "one")
                    + text(head, "two")
                    + head
                    + "{},\"finish_reason\":\"stop\"}],\"usage\":null}\n\n"
                    + usageChunk("chatcmpl-B2", 21, 3)
                    + "data: [DONE]\n\n")
                .replace("\n", "\r\n")),
        used(21, 3, 0, 0, 0, 0),
        "chatcmpl-B2",
        "gpt-4o");
    add(
        all,
        "chat streamed, two answers, refusal and tool call deltas, CR",
        CHAT,
        CHAT_ASK.replace("\"stream\"", "\"n\":2,\"stream\""),
        SSE,
        utf8(
            ("\ufeffdata:"
                    + " {\"id\":\"c3\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"refus"
                    + "al\":\"I"
                    + " can't\"}}]}\n\n"
                    + "data:"
                    + " {\"id\":\"c3\",\"model\":\"m\",\"choices\":[{\"index\":1,\"delta\":{\"tool_"
                    + "calls\":[{\"index\":0,\"id\":\"call_9\",\"function\":{\"name\":\"f\",\"argum"
                    + "ents\":\"\"}}]}}]}\n\n"
                    + "data:"
                    + " {\"id\":\"c3\",\"model\":\"m\",\"choices\":[{\"index\":1,\"delta\":{\"tool_"
                    + "calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\":1}\"}}]}}]}\n"
                    + "\n"
                    + "data:"
                    + " {\"id\":\"c3\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"s"
                    + "top\"}]}\n\n"
                    + "data:"
                    + " {\"id\":\"c3\",\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"t"
                    + "ool_calls\"}]}\n\n"
                    + usageChunk("c3", 44, 12)
                    + "data:[DONE]\n\n")
                .replace("\n", "\r")),
        used(44, 12, 0, 0, 0, 0),
        "c3",
        "m");
    add(
        all,
        "OpenRouter: comments, data over several lines, reasoning",
        "/api/v1/chat/completions",
        CHAT_ASK,
        SSE,
        utf8(
            ": OPENROUTER PROCESSING\n\n"
                + ": OPENROUTER PROCESSING\n\n"
                + "data: {\"id\":\"gen-5\",\"provider\":\"X\",\"model\":\"deepseek/deepseek-r1\",\n"
                + "data: \"choices\":[{\"index\":0,\"delta\":{\"reasoning\":\"hm\"}}]}\n\n"
                + ": ping\n"
                + "id: 7\n"
                + "retry: 10\n"
                + "data\n"
                + "data:"
                + " {\"id\":\"gen-5\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"ok\"},"
                + "\"finish_reason\":\"stop\"}]}\n\n"
                + "event: message\n"
                + "data: {\"id\":\"gen-5\",\"model\":\"deepseek/deepseek-r1\","
                + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":null}],"
                + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":41,\"total_tokens\":50,"
                + "\"cost\":0.00012,\"prompt_tokens_details\":{\"cached_tokens\":4},\"completion"
                + "_tokens_details\":{\"reasoning_tokens\":33}}}\n\n"
                + "data: [DONE]\n\n"),
        used(9, 41, 4, 0, 0, 33),
        "gen-5",
        "deepseek/deepseek-r1");
    add(
        all,
        "Groq: usage under x_groq",
        "/openai/v1/chat/completions",
        CHAT_ASK,
        SSE,
        utf8(
            "data: {\"id\":\"chatcmpl-g\",\"model\":\"llama-3.3-70b-versatile\",\"choices\":[{"
                + "\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}],"
                + "\"x_groq\":{\"id\":\"req_1\"}}\n\n"
                + "data: {\"id\":\"chatcmpl-g\",\"choices\":[{\"index\":0,\"delta\":"
                + "{\"content\":\"yes\"}}]}\n\n"
                + "data: {\"id\":\"chatcmpl-g\",\"choices\":[{\"index\":0,\"delta\":{},"
                + "\"finish_reason\":\"stop\"}],\"x_groq\":{\"id\":\"req_1\",\"usage\":"
                + "{\"queue_time\":0.01,\"prompt_tokens\":31,\"prompt_time\":0.002,"
                + "\"completion_tokens\":2,\"completion_time\":1e-3,\"total_tokens\":33}}}\n\n"
                + "data: [DONE]\n\n"),
        used(31, 2, 0, 0, 0, 0),
        "chatcmpl-g",
        "llama-3.3-70b-versatile");
    add(
        all,
        "DeepSeek: cache hits under their own name, reasoning content",
        "/chat/completions",
        CHAT_ASK,
        SSE,
        utf8(
            "data: {\"id\":\"ds\",\"model\":\"deepseek-reasoner\",\"choices\":[{\"index\":0,"
                + "\"delta\":{\"content\":null,\"reasoning_content\":\"First\"}}]}\n\n"
                + ": keep-alive\n\n"
                + "data: {\"id\":\"ds\",\"model\":\"deepseek-reasoner\",\"choices\":[{\"index\":0,"
                + "\"delta\":{\"content\":\"4\"},\"finish_reason\":\"stop\"}],\"usage\":"
                + "{\"prompt_tokens\":640,\"completion_tokens\":70,\"total_tokens\":710,"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":66},"
                + "\"prompt_cache_hit_tokens\":512,\"prompt_cache_miss_tokens\":128}}\n\n"
                + "data: [DONE]\n\n"),
        used(640, 70, 512, 0, 0, 66),
        "ds",
        "deepseek-reasoner");
    add(
        all,
        "Mistral: usage on the last content chunk, no opt-in",
        CHAT,
        CHAT_ASK.replace("gpt-4o", "mistral-large-latest"),
        SSE,
        utf8(
            "data:"
                + " {\"id\":\"mi\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":"
                + "\"mistral-large-latest\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assi"
                + "stant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n"
                + "data:"
                + " {\"id\":\"mi\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":"
                + "\"mistral-large-latest\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"B"
                + "on\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":13,\"total_to"
                + "kens\":15,\"completion_tokens\":2}}\n\n"
                + "data: [DONE]\n\n"),
        used(13, 2, 0, 0, 0, 0),
        "mi",
        "mistral-large-latest");
    add(
        all,
        "vLLM: usage on every chunk",
        CHAT,
        CHAT_ASK,
        SSE,
        utf8(
            vllm("a", "null", 1)
                + vllm("b", "null", 2)
                + vllm("c", "\"length\"", 3)
                + usageChunk("vl", 8, 3)
                + "data: [DONE]\n\n"),
        used(8, 3, 0, 0, 0, 0),
        "vl",
        "qwen");
    add(
        all,
        "xAI plain: reasoning outside completion tokens",
        CHAT,
        CHAT_ASK.replace("true", "false"),
        JSON,
        utf8(
            "{\"id\":\"x\",\"model\":\"grok-4\",\"choices\":[{\"message\":{\"content\":\"hi\"},"
                + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":10,"
                + "\"completion_tokens\":5,\"total_tokens\":115,\"completion_tokens_details\":"
                + "{\"reasoning_tokens\":100}}}"),
        used(10, 105, 0, 0, 0, 100),
        "x",
        "grok-4");
    add(
        all,
        "completions streamed",
        "/v1/completions",
        "{\"model\":\"gpt-3.5-turbo-instruct\",\"prompt\":\"Say\",\"stream\":true}",
        SSE,
        utf8(
            "data:"
                + " {\"id\":\"cmpl-1\",\"model\":\"i\",\"choices\":[{\"text\":\"Th\",\"index\":0"
                + ",\"finish_reason\":null}]}\n\n"
                + "data:"
                + " {\"id\":\"cmpl-1\",\"model\":\"i\",\"choices\":[{\"text\":\"is\",\"index\":0"
                + ",\"finish_reason\":\"length\"}]}\n\n"
                + usageChunk("cmpl-1", 5, 2)
                + "data: [DONE]\n\n"),
        used(5, 2, 0, 0, 0, 0),
        "cmpl-1",
        "i");
    add(
        all,
        "embeddings",
        "/v1/embeddings",
        "{\"model\":\"text-embedding-3-small\",\"input\":[\"a\",\"b\"]}",
        JSON,
        utf8(
            "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":"
                + "[-0.0069292834,1.5e-7,0,-12.25]}],\"model\":\"text-embedding-3-small\","
                + "\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}"),
        used(8, 0, 0, 0, 0, 0),
        "",
        "text-embedding-3-small");
  }

  private static String text(String head, String text) {
    return head
        + "{\"content\":\""
        + text
        + "\"},\"finish_reason\":null}],\"usage\":null,\"obfuscation\":\""
        + "abcdef".substring(text.length() % 6)
        + "\"}\n\n";
  }

  private static String usageChunk(String id, int in, int out) {
    return "data: {\"id\":\""
        + id
        + "\",\"object\":\"chat.completion.chunk\",\"choices\":[],\"usage\":{\"prompt_tokens\":"
        + in
        + ",\"completion_tokens\":"
        + out
        + ",\"total_tokens\":"
        + (in + out)
        + "}}\n\n";
  }

  private static String vllm(String text, String finish, int out) {
    return "data:"
        + " {\"id\":\"vl\",\"model\":\"qwen\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
        + text
        + "\"},\"finish_reason\":"
        + finish
        + "}],\"usage\":{\"prompt_tokens\":8,\"total_tokens\":"
        + (8 + out)
        + ",\"completion_tokens\":"
        + out
        + "}}\n\n";
  }

  private static void responses(List<Sample> all) {
    String ask = "{\"model\":\"gpt-5\",\"input\":\"Hi\",\"stream\":true}";
    String usage =
        "{\"input_tokens\":81,\"input_tokens_details\":{\"cached_tokens\":16},\"output_tokens"
            + "\":1035,"
            + "\"output_tokens_details\":{\"reasoning_tokens\":832},\"total_tokens\":1116}";
    StringBuilder stream = new StringBuilder();
    stream.append(
        "event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,"
            + "\"response\":{\"id\":\"resp_1\",\"model\":\"gpt-5-2025-08-07\",\"status\":"
            + "\"in_progress\",\"error\":null,\"output\":[],\"usage\":null}}\n\n");
    String[] words = {"The", " quick", " brown", " fox", " jumps"};
    for (int i = 0; i < words.length; i++) {
      stream
          .append(
              "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",")
          .append("\"sequence_number\":")
          .append(8 + i)
          .append(",\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":\"")
          .append(words[i])
          .append("\",\"logprobs\":[],\"obfuscation\":\"q\"}\n\n");
    }
    stream
        .append("event: response.output_text.done\ndata: {\"type\":\"response.output_text.done\",")
        .append("\"sequence_number\":13,\"text\":\"The quick brown fox jumps\"}\n\n");
    String last =
        "event: response.completed\n"
            + "data: {\"type\":\"response.completed\",\"sequence_number\":14,"
            + "\"response\":{\"id\":\"resp_1\",\"model\":\"gpt-5-2025-08-07\",\"status\":"
            + "\"completed\",\"error\":null,\"output\":[{\"type\":\"message\",\"content\":[{\"ty"
            + "pe\":\"output_text\",\"text\":\"The"
            + " quick brown fox jumps\"}]}],\"usage\":"
            + usage
            + "}}\n\n";
    Usage used = used(81, 1035, 16, 0, 0, 832);
    add(
        all,
        "responses streamed",
        "/v1/responses",
        ask,
        SSE,
        utf8(stream + last),
        used,
        "resp_1",
        "gpt-5-2025-08-07");
    add(
        all,
        "responses streamed, incomplete",
        "/openai/v1/responses",
        ask,
        SSE,
        utf8(stream + last.replace("completed", "incomplete")),
        used,
        "resp_1",
        "gpt-5-2025-08-07");
    add(
        all,
        "responses plain",
        "/v1/responses",
        ask.replace("true", "false"),
        JSON,
        utf8(
            "{\"id\":\"resp_2\",\"object\":\"response\",\"status\":\"completed\",\"error\":null,"
                + "\"model\":\"gpt-5\",\"output\":[{\"type\":\"reasoning\",\"summary\":[]},"
                + "{\"type\":\"function_call\",\"name\":\"f\",\"arguments\":\"{}\"}],\"usage\":"
                + usage
                + "}"),
        used,
        "resp_2",
        "gpt-5");
  }

  private static void anthropic(List<Sample> all) {
    String ask =
        "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":1000,\"stream\":true,\"messages\":"
            + "[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    String start =
        "event: message_start\n"
            + "data: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_01\","
            + "\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5-2025092"
            + "9\","
            + "\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":25,"
            + "\"cache_creation_input_tokens\":300,\"cache_read_input_tokens\":2000,"
            + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":200,\"ephemeral_1h_input_tokens"
            + "\":100},\"output_tokens\":1,\"service_tier\":\"standard\"}}}\n\n";
    String block =
        "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,"
            + "\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\"}}\n\n"
            + "event: ping\ndata: {\"type\": \"ping\"}\n\n";
    StringBuilder deltas = new StringBuilder();
    for (String kind : new String[] {"thinking", "thinking", "text", "text", "text"}) {
      deltas
          .append(
              "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,")
          .append("\"delta\":{\"type\":\"")
          .append(kind)
          .append("_delta\",\"")
          .append(kind)
          .append("\":\"some words\"}}\n\n");
    }
    deltas.append(
        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":1,"
            + "\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"city\\\": \\\"P\"}}"
            + "\n\nevent: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":1}"
            + "\n\n");
    String end =
        "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"
            + "\"tool_use\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":89}}\n\n"
            + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    Usage used = used(2325, 89, 2000, 300, 100, 0);
    add(
        all,
        "anthropic streamed with caches, thinking, tool use",
        "/v1/messages",
        ask,
        SSE,
        utf8(start + block + deltas + end),
        used,
        "msg_01",
        "claude-sonnet-4-5-20250929");
    add(
        all,
        "anthropic streamed, cumulative deltas that repeat the input",
        "/v1/projects/p/locations/l/publishers/anthropic/models/claude-x@2025:streamRawPredict",
        ask.replace("\"model\":\"claude-sonnet-4-5\",", ""),
        SSE,
        utf8(
            start
                + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":"
                + "{\"stop_reason\":null},\"usage\":{\"output_tokens\":40}}\n\n"
                + deltas
                + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":"
                + "{\"stop_reason\":\"end_turn\"},\"usage\":{\"input_tokens\":30,"
                + "\"cache_creation_input_tokens\":300,\"cache_read_input_tokens\":2500,"
                + "\"output_tokens\":95,\"server_tool_use\":{\"web_search_requests\":1}}}\n\n"
                + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"),
        used(2830, 95, 2500, 300, 100, 0).with(Extra.NONE.searched(1)),
        "msg_01",
        "claude-sonnet-4-5-20250929");
    add(
        all,
        "anthropic plain",
        "/v1/messages",
        ask.replace("true", "false"),
        JSON,
        utf8(
            "{\"id\":\"msg_02\",\"type\":\"message\",\"role\":\"assistant\",\"model\":"
                + "\"claude-opus-4-1\",\"content\":[{\"type\":\"text\",\"text\":\"Hi!\"},"
                + "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{\"usage\":"
                + "{\"input_tokens\":999}}}],\"stop_reason\":\"end_turn\",\"usage\":{"
                + "\"input_tokens\":10,\"cache_creation_input_tokens\":0,"
                + "\"cache_read_input_tokens\":5,\"output_tokens\":7}}"),
        used(15, 7, 5, 0, 0, 0),
        "msg_02",
        "claude-opus-4-1");
  }

  private static void gemini(List<Sample> all) {
    String ask = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}";
    String path = "/v1beta/models/gemini-2.5-flash:streamGenerateContent";
    String first =
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Well\"}],\"role\":\"model\"},"
            + "\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":50,\"candidatesTokenCount\":1,"
            + "\"totalTokenCount\":151,\"thoughtsTokenCount\":100},\"modelVersion\":"
            + "\"gemini-2.5-flash\",\"responseId\":\"rid-1\"}";
    String last =
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\" then\"},{\"functionCall\":"
            + "{\"name\":\"f\",\"args\":{\"x\":[1,2]}}}],\"role\":\"model\"},\"finishReason\":"
            + "\"STOP\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":50,"
            + "\"candidatesTokenCount\":12,\"totalTokenCount\":169,\"thoughtsTokenCount\":100,"
            + "\"toolUsePromptTokenCount\":7,\"cachedContentTokenCount\":32,"
            + "\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":50}]},"
            + "\"modelVersion\":\"gemini-2.5-flash\",\"responseId\":\"rid-1\"}";
    Usage used = used(57, 112, 32, 0, 0, 100);
    add(
        all,
        "gemini streamed as events",
        path,
        ask,
        SSE,
        utf8("data: " + first + "\r\n\r\ndata: " + last + "\r\n\r\n"),
        used,
        "rid-1",
        "gemini-2.5-flash");
    add(
        all,
        "gemini streamed as an array",
        "/v1/projects/p/locations/l/publishers/google/models/gemini-2.5-flash:streamGenerateCo"
            + "ntent",
        ask,
        JSON,
        utf8("[" + first + "\n,\r\n" + last + "\n]\n"),
        used,
        "rid-1",
        "gemini-2.5-flash");
    add(
        all,
        "gemini plain",
        "/v1beta/models/gemini-2.5-flash:generateContent",
        ask,
        "application/json; charset=UTF-8",
        utf8(last),
        used,
        "rid-1",
        "gemini-2.5-flash");
    add(
        all,
        "vertex embeddings by predict",
        "/v1/projects/p/locations/l/publishers/google/models/text-embedding-005:predict",
        "{\"instances\":[{\"content\":\"a\"},{\"content\":\"b\"}]}",
        JSON,
        utf8(
            "{\"predictions\":[{\"embeddings\":{\"values\":[0.1],\"statistics\":{\"truncated\""
                + ":false,"
                + "\"token_count\":6}}},{\"embeddings\":{\"values\":[0.2],\"statistics\":"
                + "{\"truncated\":false,\"token_count\":5}}}]}"),
        used(11, 0, 0, 0, 0, 0),
        "",
        "text-embedding-005");
  }

  private static void bedrock(List<Sample> all) {
    String ask = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hi\"}]}]}";
    String id = "anthropic.claude-3-5-sonnet-20241022-v2%3A0";
    String model = "anthropic.claude-3-5-sonnet-20241022-v2:0";
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    message(stream, "messageStart", "{\"p\":\"abc\",\"role\":\"assistant\"}");
    for (String word : new String[] {"Hello", " there", " you"}) {
      message(
          stream,
          "contentBlockDelta",
          "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"" + word + "\"},\"p\":\"abcdefgh\"}");
    }
    message(stream, "contentBlockStop", "{\"contentBlockIndex\":0,\"p\":\"a\"}");
    message(stream, "messageStop", "{\"p\":\"ab\",\"stopReason\":\"end_turn\"}");
    message(
        stream,
        "metadata",
        "{\"metrics\":{\"latencyMs\":551},\"p\":\"ab\",\"usage\":{\"inputTokens\":12,"
            + "\"outputTokens\":9,\"totalTokens\":121,\"cacheReadInputTokens\":60,"
            + "\"cacheWriteInputTokens\":40}}");
    add(
        all,
        "bedrock converse stream",
        "/model/" + id + "/converse-stream",
        ask,
        EVENT_STREAM,
        stream.toByteArray(),
        used(112, 9, 60, 40, 0, 0),
        "",
        model);
    add(
        all,
        "bedrock converse plain",
        "/model/" + id + "/converse",
        ask,
        JSON,
        utf8(
            "{\"metrics\":{\"latencyMs\":1},\"output\":{\"message\":{\"content\":[{\"text\":\""
                + "Hi\"}],"
                + "\"role\":\"assistant\"}},\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens"
                + "\":3,"
                + "\"outputTokens\":4,\"totalTokens\":7}}"),
        used(3, 4, 0, 0, 0, 0),
        "",
        model);
    String[] chunks = {
      "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_bdrk_1\",\"model\":\"claude-3-5\","
          + "\"usage\":{\"input_tokens\":11,\"cache_read_input_tokens\":20,\"output_tokens\":2}}}",
      "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":"
          + "\"Grüße\"}}",
      "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":"
          + "{\"output_tokens\":15}}",
      "{\"type\":\"message_stop\",\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":11,"
          + "\"outputTokenCount\":15,\"invocationLatency\":900,\"firstByteLatency\":300,"
          + "\"cacheReadInputTokenCount\":20,\"cacheWriteInputTokenCount\":0}}"
    };
    stream.reset();
    for (String chunk : chunks) {
      message(stream, "chunk", bytesOf(chunk));
    }
    String anthropicAsk =
        "{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":10,\"messages\":"
            + "[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    add(
        all,
        "bedrock invoke stream, anthropic",
        "/model/" + id + "/invoke-with-response-stream",
        anthropicAsk,
        EVENT_STREAM,
        stream.toByteArray(),
        used(31, 15, 20, 0, 0, 0),
        "msg_bdrk_1",
        "claude-3-5");
    stream.reset();
    message(
        stream,
        "chunk",
        bytesOf(
            "{\"generation\":\"Hey\",\"prompt_token_count\":14,\"generation_token_count\":1,"
                + "\"stop_reason\":null}"));
    message(
        stream,
        "chunk",
        bytesOf(
            "{\"generation\":\" ho\",\"prompt_token_count\":null,\"generation_token_count\":2,"
                + "\"stop_reason\":\"stop\",\"amazon-bedrock-invocationMetrics\":"
                + "{\"inputTokenCount\":14,\"outputTokenCount\":2,\"invocationLatency\":1,"
                + "\"firstByteLatency\":1}}"));
    add(
        all,
        "bedrock invoke stream, llama",
        "/model/us.meta.llama3-3-70b-instruct-v1%3A0/invoke-with-response-stream",
        "{\"prompt\":\"Hi\"}",
        EVENT_STREAM,
        stream.toByteArray(),
        used(14, 2, 0, 0, 0, 0),
        "",
        "us.meta.llama3-3-70b-instruct-v1:0");
    stream.reset();
    message(stream, "chunk", bytesOf("{\"contentBlockDelta\":{\"delta\":{\"text\":\"Hi\"}}}"));
    message(stream, "chunk", bytesOf("{\"messageStop\":{\"stopReason\":\"end_turn\"}}"));
    message(
        stream,
        "chunk",
        bytesOf(
            "{\"metadata\":{\"usage\":{\"inputTokens\":5,\"outputTokens\":1,"
                + "\"cacheReadInputTokenCount\":2,\"cacheWriteInputTokenCount\":0}},"
                + "\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":5,"
                + "\"outputTokenCount\":1}}"));
    add(
        all,
        "bedrock invoke stream, nova",
        "/model/amazon.nova-lite-v1%3A0/invoke-with-response-stream",
        ask,
        EVENT_STREAM,
        stream.toByteArray(),
        used(7, 1, 2, 0, 0, 0),
        "",
        "amazon.nova-lite-v1:0");
    add(
        all,
        "bedrock invoke plain, titan",
        "/model/amazon.titan-text-express-v1/invoke",
        "{\"inputText\":\"Hi\"}",
        JSON,
        utf8(
            "{\"inputTextTokenCount\":5,\"results\":[{\"tokenCount\":8,\"outputText\":\"Yo\","
                + "\"completionReason\":\"FINISH\"}]}"),
        used(5, 8, 0, 0, 0, 0),
        "",
        "amazon.titan-text-express-v1");
  }

  private static String bytesOf(String json) {
    String bytes = Base64.getEncoder().encodeToString(utf8(json));
    return "{\"bytes\":\"" + bytes + "\",\"p\":\"abcdefghijk\"}";
  }

  /** One event stream message with its headers and both checksums. */
  static void message(ByteArrayOutputStream out, String event, String payload) {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    header(headers, ":event-type", event);
    header(headers, ":content-type", "application/json");
    header(headers, ":message-type", "event");
    byte[] data = payload.getBytes(StandardCharsets.UTF_8);
    int total = 12 + headers.size() + data.length + 4;
    ByteBuffer buffer = ByteBuffer.allocate(total);
    buffer.putInt(total).putInt(headers.size());
    buffer.putInt(crc(buffer.array(), 8));
    buffer.put(headers.toByteArray()).put(data);
    buffer.putInt(crc(buffer.array(), total - 4));
    out.writeBytes(buffer.array());
  }

  private static void header(ByteArrayOutputStream out, String name, String value) {
    out.write(name.length());
    out.writeBytes(utf8(name));
    out.write(7);
    out.write(0);
    out.write(value.length());
    out.writeBytes(utf8(value));
  }

  private static int crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static void others(List<Sample> all) {
    String ask = "{\"model\":\"llama3.2\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    StringBuilder lines = new StringBuilder();
    for (String word : new String[] {"The", " sky", " is", " blue", "."}) {
      lines
          .append("{\"model\":\"llama3.2\",\"created_at\":\"2026-08-04T19:22:45.")
          .append(word.length() * 17)
          .append("Z\",\"message\":{\"role\":\"assistant\",\"content\":\"")
          .append(word)
          .append("\"},\"done\":false}\n");
    }
    String done =
        "{\"model\":\"llama3.2\",\"created_at\":\"2026-08-04T19:22:46Z\",\"message\":{\"role\":"
            + "\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\","
            + "\"total_duration\":4883583458,\"prompt_eval_count\":26,\"eval_count\":282}";
    Usage used = used(26, 282, 0, 0, 0, 0);
    add(
        all,
        "ollama streamed by default",
        "/api/chat",
        ask,
        "application/x-ndjson",
        utf8(lines + done + "\n"),
        used,
        "",
        "llama3.2");
    add(
        all,
        "ollama plain",
        "/api/generate",
        "{\"model\":\"llama3.2\",\"prompt\":\"Hi\",\"stream\":false}",
        "application/json; charset=utf-8",
        utf8(
            done.replace(
                "\"message\":{\"role\":\"assistant\",\"content\":\"\"}", "\"response\":\"x\"")),
        used,
        "",
        "llama3.2");
    String cohere =
        "{\"model\":\"command-a-03-2025\",\"stream\":true,\"messages\":[{\"role\":\"user\","
            + "\"content\":\"Hi\"}]}";
    String usage =
        "{\"billed_units\":{\"input_tokens\":17,\"output_tokens\":12},\"tokens\":"
            + "{\"input_tokens\":215.0,\"output_tokens\":13},\"cached_tokens\":64}";
    add(
        all,
        "cohere streamed",
        "/v2/chat",
        cohere,
        SSE,
        utf8(
            "event: message-start\n"
                + "data:"
                + " {\"id\":\"29f1\",\"type\":\"message-start\",\"delta\":{\"message\":{\"role\""
                + ":\"assistant\",\"content\":[],\"tool_plan\":\"\"}}}\n\n"
                + "event: content-delta\n"
                + "data:"
                + " {\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":"
                + "{\"text\":\"Hel\"}}}}\n\n"
                + "event: content-delta\n"
                + "data:"
                + " {\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":"
                + "{\"text\":\"lo\"}}}}\n\n"
                + "event: tool-call-delta\n"
                + "data:"
                + " {\"type\":\"tool-call-delta\",\"index\":0,\"delta\":{\"message\":{\"tool_cal"
                + "ls\":{\"function\":{\"arguments\":\"{\"}}}}}\n\n"
                + "event: message-end\n"
                + "data: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":"
                + "\"COMPLETE\",\"usage\":"
                + usage
                + "}}\n\n"),
        used(215, 13, 64, 0, 0, 0),
        "29f1",
        "command-a-03-2025");
    add(
        all,
        "cohere plain",
        "/v2/chat",
        cohere.replace("true", "false"),
        JSON,
        utf8(
            "{\"id\":\"c1\",\"finish_reason\":\"COMPLETE\",\"message\":{\"role\":\"assistant\","
                + "\"content\":[{\"type\":\"text\",\"text\":\"Hello\"}]},\"usage\":"
                + usage
                + "}"),
        used(215, 13, 64, 0, 0, 0),
        "c1",
        "command-a-03-2025");
    add(
        all,
        "cohere embed",
        "/v2/embed",
        "{\"model\":\"embed-v4.0\",\"texts\":[\"a\"],\"input_type\":\"classification\"}",
        JSON,
        utf8(
            "{\"id\":\"e1\",\"embeddings\":{\"float\":[[0.1]]},\"texts\":[\"a\"],\"meta\":"
                + "{\"api_version\":{\"version\":\"2\"},\"billed_units\":{\"input_tokens\":2}}}"),
        used(2, 0, 0, 0, 0, 0),
        "e1",
        "embed-v4.0");
  }
}
