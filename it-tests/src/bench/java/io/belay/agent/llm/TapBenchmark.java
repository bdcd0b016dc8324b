package io.belay.agent.llm;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The tap over one streamed answer of 1 MiB. Operations a second are MiB a second.
 *
 * <p>{@code small}: events of 50 bytes. {@code openai}: the shape OpenAI sends, with padding that
 * changes from event to event. {@code escapes}: every event has a line end in its text. {@code
 * parsed}: every event has a hex escape, so none can be compared.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TapBenchmark {
  private static final int SIZE = 1 << 20;

  @Param({"small", "openai", "escapes", "parsed"})
  public String events;

  /** How many bytes the client reads at a time. */
  @Param({"8192", "1048576"})
  public int chunk;

  private byte[] body;
  private LlmRequest request;
  private final ResponseHead head = new ResponseHead(200, "text/event-stream", "", -1, -1, "");
  private final Estimate estimate = new Estimate(10, 0.25, Optional.empty());

  @Setup
  public void setUp() {
    String path = "/v1/chat/completions";
    Dialect dialect = Dialects.standard().match("POST", "h", 443, path).orElseThrow();
    byte[] ask =
        "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"content\":\"Hi\"}]}"
            .getBytes(StandardCharsets.UTF_8);
    request = dialect.read(ask, path, "");
    StringBuilder stream = new StringBuilder(SIZE + 512);
    for (int i = 0; stream.length() < SIZE; i++) {
      stream.append(event(i));
    }
    stream
        .append("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":20000")
        .append("}}\n\ndata: [DONE]\n\n");
    body = stream.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String event(int i) {
    String word = "abcdefghij".substring(i % 5, i % 5 + 4);
    return switch (events) {
      case "small" -> "data: {\"choices\":[{\"delta\":{\"content\":\"" + word + "\"}}]}\n\n";
      case "openai" ->
          "data: {\"id\":\"chatcmpl-CzX81Zc2vVQ9hQm2vN8rNdKqYp3Wf\",\"object\":"
              + "\"chat.completion.chunk\",\"created\":1755000000,\"model\":\"gpt-4o-2024-08-06\","
              + "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_07871e2ad8\",\"choices\":"
              + "[{\"index\":0,\"delta\":{\"content\":\""
              + word
              + "\"},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null,\"obfuscation\":\""
              + "XyZ01234567".substring(i % 7)
              + "\"}\n\n";
      case "escapes" -> "data: {\"choices\":[{\"delta\":{\"content\":\"a\\n" + word + "\"}}]}\n\n";
      default -> "data: {\"choices\":[{\"delta\":{\"content\":\"\\u00e9" + word + "\"}}]}\n\n";
    };
  }

  @Benchmark
  public Usage tap() {
    ResponseTap tap = request.dialect().tap(request, head, estimate);
    for (int at = 0; at < body.length; at += chunk) {
      tap.bytes(body, at, Math.min(chunk, body.length - at));
    }
    tap.end();
    return tap.usage();
  }
}
