package io.belay.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpServer;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Processor time of a server with so many requests open that wait for something else, as a share of
 * one core. Run it without an agent and with one that watches all of them, in turns:
 *
 * <pre>
 * java -javaagent:belay.jar -Dbelay.run.http.on-disconnect=always ... io.belay.bench.WatchCpu 1000 30
 * </pre>
 */
public final class WatchCpu {
  private WatchCpu() {}

  /** Arguments: how many requests, for how many seconds. */
  public static void main(String[] args) throws Exception {
    int requests = Integer.parseInt(args[0]);
    int seconds = Integer.parseInt(args[1]);
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(any, 1024);
    CountDownLatch open = new CountDownLatch(requests);
    CountDownLatch never = new CountDownLatch(1);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(null, task, "request", 256 << 10);
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext(
        "/",
        exchange -> {
          open.countDown();
          try {
            never.await();
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      Socket client = new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort());
      client
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: it\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      clients.add(client);
    }
    if (!open.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException(open.getCount() + " requests are not open");
    }
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    TimeUnit.SECONDS.sleep(5); // Compilers and classes have come to rest.
    long before = process.getProcessCpuTime();
    long began = System.nanoTime();
    TimeUnit.SECONDS.sleep(seconds);
    double share = 100.0 * (process.getProcessCpuTime() - before) / (System.nanoTime() - began);
    System.out.printf("%d requests open: %.2f %% of one core%n", clients.size(), share);
    System.exit(0);
  }
}
