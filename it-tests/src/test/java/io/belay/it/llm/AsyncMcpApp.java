package io.belay.it.llm;

import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Calls a tool of a server in a process of its own, again and again, each time on the thread that
 * brought the answer before. Arguments: the key by which it tells of each answer and waits for the
 * cue {@code go on}, how often, 0 to end the server. Answers how many calls were answered.
 */
final class AsyncMcpApp implements App {
  private static McpAsyncClient client; // Guarded by the class.

  @Override
  public String run(String... args) throws Exception {
    if (args[1].equals("0")) {
      return close();
    }
    McpSchema.CallToolRequest call =
        new McpSchema.CallToolRequest("lookUp", Map.of("url", "http://page"));
    return String.valueOf(
        client()
            .callTool(call)
            .doOnNext(
                answer -> {
                  Script.tell(args[0], "answered");
                  Script.await(args[0], "go on");
                })
            .repeat(Integer.parseInt(args[1]) - 1)
            .count()
            .block());
  }

  /** Its process lives as long, and what started it as that. */
  private static synchronized String close() {
    client.closeGracefully().block();
    client = null;
    return "closed";
  }

  /** One for all, as applications have it: its threads work for nobody who asks later. */
  private static synchronized McpAsyncClient client() throws Exception {
    if (client == null) {
      ServerParameters server =
          ServerParameters.builder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString())
              .args(
                  "-cp",
                  Path.of(
                          AsyncMcpApp.class
                              .getProtectionDomain()
                              .getCodeSource()
                              .getLocation()
                              .toURI())
                      .toString(),
                  StdioMcpServer.class.getName())
              .build();
      client =
          McpClient.async(new StdioClientTransport(server, mapper()))
              .requestTimeout(Duration.ofSeconds(90))
              .initializationTimeout(Duration.ofSeconds(90))
              .build();
      client.initialize().block();
    }
    return client;
  }

  /** It has moved between the versions. */
  private static McpJsonMapper mapper() throws ReflectiveOperationException {
    try {
      return (McpJsonMapper) McpJsonMapper.class.getMethod("getDefault").invoke(null);
    } catch (NoSuchMethodException newer) {
      return (McpJsonMapper)
          Class.forName("io.modelcontextprotocol.json.McpJsonDefaults")
              .getMethod("getMapper")
              .invoke(null);
    }
  }
}
