package io.belay.agent.boundary;

/**
 * WebSockets of Tomcat 9 to 11, and so of Spring's on Tomcat: the request's run goes on until the
 * connection is over, and each message that the application is given is a run below it. An abort
 * closes the connection, with code 1008.
 */
final class TomcatWebSocketBoundary implements Boundary {
  @Override
  public String name() {
    return "tomcat-websocket";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .in("org.apache.tomcat.websocket.server.WsHttpUpgradeHandler")
        .upgraded("preInit", 8)
        .adapter("TomcatSockets")
        .resumed("init", 1)
        .adapter("TomcatSockets")
        .resumed("upgradeDispatch", 1)
        .adapter("TomcatSockets")
        .left("close", 1)
        .adapter("TomcatSockets")
        .finished("destroy", 0)
        .adapter("TomcatSockets")
        .in("org.apache.tomcat.websocket.server.WsFrameServer")
        .message("sendMessageText", 1)
        .adapter("TomcatSockets")
        .message("sendMessageBinary", 2)
        .adapter("TomcatSockets")
        .in("org.apache.tomcat.websocket.WsSession")
        .left("onClose", 1)
        .adapter("TomcatSockets");
  }
}
