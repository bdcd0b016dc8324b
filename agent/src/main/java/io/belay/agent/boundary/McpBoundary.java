package io.belay.agent.boundary;

import static io.belay.agent.run.Kind.TOOL;

/**
 * The client of the official SDK of the Model Context Protocol, from 0.16 on: a call of a tool is a
 * boundary, whatever it travels on and whichever framework makes it. Other requests, such as lists
 * of tools, are stopped at the HTTP client below.
 */
final class McpBoundary implements Boundary {
  @Override
  public String name() {
    return "mcp";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("io.modelcontextprotocol.spec.McpClientSession")
        .guard(TOOL, "sendRequest", 3)
        .adapter("McpAdapter")
        // Whoever waits in it is freed by the call's own error: no interrupt comes first.
        .in("io.modelcontextprotocol.client.McpSyncClient")
        .check("callTool", 1)
        // The threads of a transport serve whoever calls later, whichever run began them.
        .in("io.modelcontextprotocol.client.transport.StdioClientTransport")
        .noRun("startInboundProcessing")
        .noRun("startOutboundProcessing")
        .noRun("startErrorProcessing");
  }
}
