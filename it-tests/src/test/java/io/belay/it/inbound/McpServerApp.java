package io.belay.it.inbound;

import io.belay.it.harness.App;
import io.belay.it.harness.Script;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;

/**
 * A server of the official MCP SDK with one tool, which asks a model twice, whatever comes of it:
 * as a servlet of Tomcat, and on streams such as standard input and output, which here are a
 * connection's. Answers both ports.
 */
final class McpServerApp implements App {
  private static final McpSchema.ServerCapabilities TOOLS =
      McpSchema.ServerCapabilities.builder().tools(false).build();

  @Override
  public String run(String... args) throws Exception {
    HttpServletStreamableServerTransportProvider servlet =
        HttpServletStreamableServerTransportProvider.builder().mcpEndpoint("/mcp").build();
    McpServer.sync(servlet)
        .serverInfo("s", "1")
        .capabilities(TOOLS)
        .toolCall(tool(), (exchange, call) -> result(work(call.arguments())))
        .build();
    String port =
        TomcatApp.start(
                args[0],
                tomcat -> {
                  Context context = tomcat.addContext("", null);
                  Wrapper wrapper = context.createWrapper();
                  wrapper.setName("mcp");
                  wrapper.setAsyncSupported(true);
                  wrapper.setServlet(servlet);
                  context.addChild(wrapper);
                  wrapper.addMapping("/*");
                })
            .split(" ")[0];
    ServerSocket streams = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread accepting = new Thread(() -> accept(streams));
    accepting.setDaemon(true);
    accepting.start();
    return port + " " + streams.getLocalPort();
  }

  private static void accept(ServerSocket streams) {
    for (; ; ) {
      try {
        Socket client = streams.accept();
        McpServer.sync(
                new StdioServerTransportProvider(
                    mapper(), client.getInputStream(), client.getOutputStream()))
            .serverInfo("s", "1")
            .capabilities(TOOLS)
            .toolCall(tool(), (exchange, call) -> result(work(call.arguments())))
            .build();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  private static McpSchema.Tool tool() {
    return McpSchema.Tool.builder()
        .name("research")
        .description("Asks a model.")
        .inputSchema(mapper(), "{\"type\":\"object\"}")
        .build();
  }

  private static McpSchema.CallToolResult result(String text) {
    return McpSchema.CallToolResult.builder().addTextContent(text).build();
  }

  /** The SDK's own, which it has moved in between. */
  private static McpJsonMapper mapper() {
    try {
      Class<?> supplier = Class.forName("io.modelcontextprotocol.json.McpJsonMapperSupplier");
      return (McpJsonMapper) ((Supplier<?>) ServiceLoader.load(supplier).iterator().next()).get();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String work(Map<String, Object> arguments) {
    String key = (String) arguments.get("key");
    for (int i = 1; i <= 2; i++) {
      try {
        Handler.answer("/chat", key + '&' + arguments.get("url"));
      } catch (IOException | RuntimeException failure) {
        Script.tell(key, failure.getClass().getSimpleName() + ' ' + i);
      }
    }
    Script.tell(key, "over");
    return "done";
  }
}
