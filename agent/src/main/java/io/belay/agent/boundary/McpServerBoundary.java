package io.belay.agent.boundary;

/**
 * The server of the official SDK of the Model Context Protocol, from 0.16 on: a call of a tool, and
 * of whatever else is the application's, is a run on any transport that has sessions, and ends when
 * the client says that it does not want it any more. The SDK itself hears that and does nothing.
 */
final class McpServerBoundary implements Boundary {
  private static final String NOTIFICATION =
      "io.modelcontextprotocol.spec.McpSchema$JSONRPCNotification";

  @Override
  public String name() {
    return "mcp-server";
  }

  @Override
  public void declare(Sites sites) {
    sites
        // Over HTTP, a stream for each request; from 2.1 on the servlet asks the stream itself.
        .in("io.modelcontextprotocol.spec.McpStreamableServerSession")
        .called("responseStream", 2)
        .adapter("McpServerAdapter")
        .takenBack("accept", NOTIFICATION)
        .adapter("McpServerAdapter")
        .in(
            "io.modelcontextprotocol.spec.McpStreamableServerSession$McpStreamableServerSessionStream")
        .called("handle", 1)
        .optional()
        .adapter("McpServerAdapter")
        // Over standard input and output, and the older form of HTTP.
        .in("io.modelcontextprotocol.spec.McpServerSession")
        .called("handleIncomingRequest", 2)
        .adapter("McpServerAdapter")
        .takenBack("handleIncomingNotification", NOTIFICATION, "*")
        .adapter("McpServerAdapter");
  }
}
