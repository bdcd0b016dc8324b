package io.belay.it.inbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands between a client that cannot be told how to leave and a server: the relay leaves. */
final class Relay implements AutoCloseable {
  private final ServerSocket listening;
  private final int target;
  private volatile Socket toServer;

  Relay(int target) {
    this.target = target;
    try {
      listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  void leave(Client.Leaving how) {
    try {
      if (how == Client.Leaving.RESET) {
        toServer.setSoLinger(true, 0);
      }
      if (how == Client.Leaving.HALF_CLOSE) {
        toServer.shutdownOutput();
      } else {
        toServer.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try (ServerSocket one = listening) {
      Socket client = one.accept();
      toServer = new Socket(InetAddress.getLoopbackAddress(), target);
      start(() -> pump(toServer, client));
      pump(client, toServer);
    } catch (IOException closed) {
      // Nobody came.
    }
  }

  private static void pump(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
    } catch (IOException closed) {
      // One of both has left.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "it-relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listening.close();
      if (toServer != null) {
        toServer.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
