package io.belay.it.inbound;

import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The WebSocket of every servlet container under test: a message is a request of {@link Handler}'s,
 * which is answered by the thread that has received it, or later.
 */
public final class SocketPart extends Endpoint {
  static final String PATH = "/socket";

  /** Adds it to what a container serves. */
  static void add(ServletContext context) {
    try {
      ((ServerContainer) context.getAttribute(ServerContainer.class.getName()))
          .addEndpoint(config());
    } catch (DeploymentException e) {
      throw new IllegalStateException(e);
    }
  }

  static ServerEndpointConfig config() {
    return ServerEndpointConfig.Builder.create(SocketPart.class, PATH).build();
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    session.addMessageHandler(
        new MessageHandler.Whole<String>() {
          @Override
          public void onMessage(String message) {
            received(session, message);
          }
        });
  }

  private static void received(Session session, String message) {
    if (message.equals("close")) {
      close(session);
      return;
    }
    String later = "/later";
    if (message.startsWith(later)) {
      new Thread(() -> answer(session, message.substring(later.length()))).start();
    } else {
      answer(session, message);
    }
  }

  private static void close(Session session) {
    try {
      session.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(Session session, String message) {
    try {
      String query = message.replaceFirst("^[^?]*\\??", "");
      String text = Handler.answer(message, query);
      synchronized (session) {
        session.getBasicRemote().sendText(text);
      }
    } catch (IOException clientHasLeft) {
      // The test knows.
    }
  }

  @Override
  public void onError(Session session, Throwable thrown) {
    // A message that was stopped; the connection goes on.
  }
}
