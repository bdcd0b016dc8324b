package io.belay.demo.provider;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;

/**
 * The world outside the research assistant: an OpenAI-compatible provider that generates token by
 * token, and the slow service behind the tools. It keeps a {@link Ledger} of both, which {@code GET
 * /ledger?since=<epoch milliseconds>} shows.
 */
public final class Provider implements AutoCloseable {
  private final ServerSocket server;
  private final Ledger ledger = new Ledger();
  private final ObjectMapper json = new ObjectMapper();
  private final ToolService tools = new ToolService();
  private final ChatEndpoint chat;

  private Provider(ServerSocket server, Pace pace) {
    this.server = server;
    this.chat = new ChatEndpoint(pace);
  }

  /**
   * Starts a provider on the loopback address, with a thread for each connection.
   *
   * @param port the port to serve on; 0 lets the system choose
   * @param tokensPerSecond how fast each answer is generated
   */
  public static Provider start(int port, int tokensPerSecond) throws IOException {
    return start(port, Pace.tokensPerSecond(tokensPerSecond));
  }

  static Provider start(int port, Pace pace) throws IOException {
    ServerSocket server = new ServerSocket(port, 100, InetAddress.getLoopbackAddress());
    Provider provider = new Provider(server, pace);
    new Thread(provider::accept, "provider").start();
    return provider;
  }

  /** The address, without a slash at its end. */
  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  Ledger ledger() {
    return ledger;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread thread = new Thread(() -> serve(socket), "provider-" + socket.getPort());
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        if (!server.isClosed()) {
          System.err.println("provider: a connection was not accepted: " + e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (HttpConnection connection = new HttpConnection(socket)) {
      Optional<HttpRequest> request = connection.next();
      while (request.isPresent()) {
        serve(request.get(), connection);
        request = connection.next();
      }
    } catch (IOException e) {
      // A client may close its connection whenever it likes; what that ended is in the ledger.
    }
  }

  private void serve(HttpRequest request, HttpConnection connection) throws IOException {
    if (request.path().equals("/ledger")) {
      showLedger(request.query("since", "0"), connection);
      return;
    }
    Ledger.Entry entry = ledger.begin(request.method(), request.path());
    try {
      if (request.method().equals("POST") && request.path().equals("/v1/chat/completions")) {
        chat.answer(request, connection, entry);
      } else {
        tools.answer(request, connection, entry);
      }
    } catch (IOException e) {
      entry.clientLeft();
      throw e;
    }
  }

  private void showLedger(String since, HttpConnection connection) throws IOException {
    if (since.matches("\\d{1,18}")) {
      byte[] report = json.writeValueAsBytes(ledger.since(Long.parseLong(since)));
      connection.respond(200, "application/json", report);
    } else {
      byte[] problem = json.writeValueAsBytes("since is a time in milliseconds since the epoch");
      connection.respond(400, "application/json", problem);
    }
  }
}
