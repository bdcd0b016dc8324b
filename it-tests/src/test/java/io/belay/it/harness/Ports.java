package io.belay.it.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for programs that cannot choose one themselves and say which. */
public final class Ports {
  /** Below those that systems give to whoever asks for any, which may be taken again at once. */
  private static final int FIRST = 15_000;

  private static final int LAST = 30_000;

  private Ports() {}

  /** One that nobody listens on. */
  public static int free() {
    int[] found = new int[1];
    Await.until(
        "a port is free",
        () -> {
          int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
          try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            found[0] = free.getLocalPort();
            return true;
          } catch (IOException taken) {
            return false;
          }
        });
    return found[0];
  }
}
