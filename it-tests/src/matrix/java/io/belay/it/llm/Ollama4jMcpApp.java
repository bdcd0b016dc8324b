package io.belay.it.llm;

import io.belay.it.harness.App;
import io.github.ollama4j.Ollama;
import io.github.ollama4j.models.chat.OllamaChatMessageRole;
import io.github.ollama4j.models.chat.OllamaChatRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/** Ollama4j with the tools of an MCP server that it starts itself. Arguments: the model's URL. */
final class Ollama4jMcpApp implements App {
  @Override
  public String run(String... args) throws Exception {
    Path servers = Files.createTempFile("servers", ".json");
    try {
      Files.writeString(
          servers,
          "{\"mcpServers\":{\"pages\":{\"command\":\"%s\",\"args\":[\"-cp\",\"%s\",\"%s\"]}}}"
              .formatted(
                  Path.of(System.getProperty("java.home"), "bin", "java"),
                  Path.of(getClass().getProtectionDomain().getCodeSource().getLocation().toURI()),
                  StdioMcpServer.class.getName()));
      Ollama client = new Ollama(args[0]);
      client.loadMCPToolsFromJson(servers.toString());
      OllamaChatRequest prompt =
          OllamaChatRequest.builder()
              .withModel("m")
              .withMessage(OllamaChatMessageRole.USER, "hello")
              .build();
      prompt.setTools(new ArrayList<>());
      prompt.setUseTools(true);
      return client.chat(prompt, null).getResponseModel().getMessage().getResponse();
    } finally {
      Files.delete(servers);
    }
  }
}
