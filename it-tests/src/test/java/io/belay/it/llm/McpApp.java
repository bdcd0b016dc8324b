package io.belay.it.llm;

import io.belay.it.harness.App;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.Map;

/**
 * Calls a tool by the official SDK's client. Arguments: base URL, path, how often. Answers how many
 * calls were answered.
 */
final class McpApp implements App {
  @Override
  public String run(String... args) {
    HttpClientStreamableHttpTransport transport =
        HttpClientStreamableHttpTransport.builder(args[0])
            .endpoint(args[1])
            .openConnectionOnStartup(false)
            .build();
    try (McpSyncClient client =
        McpClient.sync(transport)
            .requestTimeout(Duration.ofSeconds(90))
            .initializationTimeout(Duration.ofSeconds(90))
            .build()) {
      client.initialize();
      int answered = 0;
      for (int i = 0; i < Integer.parseInt(args[2]); i++) {
        client.callTool(new McpSchema.CallToolRequest("lookUp", Map.of("n", i)));
        answered++;
      }
      return String.valueOf(answered);
    }
  }
}
