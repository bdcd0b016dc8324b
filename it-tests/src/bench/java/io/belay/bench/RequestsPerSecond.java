package io.belay.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Ordinary requests, which call nothing, of a server without Belay and of the same one with it: in
 * how many a second they are answered, and for how much processor time of the server each. The two
 * servers run side by side and are asked in turns, so what else the machine is busy with meets
 * both; the ratios are the medians of each turn's own.
 *
 * <pre>
 * java -cp ... -Dbelay.jar=belay.jar io.belay.bench.RequestsPerSecond tomcat 40
 * </pre>
 */
public final class RequestsPerSecond {
  private static final int CLIENTS = 8;
  private static final int FIGURES = 3;
  private static final long TURN_NANOS = 1_000_000_000;

  /** Servers are compiled for long, and longer with more to compile. */
  private static final int WARM_UP = 20;

  private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: bench\r\n\r\n".getBytes(US_ASCII);

  private RequestsPerSecond() {}

  /** Arguments: {@code jdk}, {@code tomcat} or {@code netty}; how many turns. */
  public static void main(String[] args) throws Exception {
    int turns = Integer.parseInt(args[1]);
    List<double[]> seen = new ArrayList<>();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try (Server without = new Server(args[0], false);
        Server with = new Server(args[0], true)) {
      for (int turn = -WARM_UP; turn < turns; turn++) {
        boolean even = (turn & 1) == 0;
        double[] first = (even ? without : with).turn(clients);
        double[] second = (even ? with : without).turn(clients);
        double[] before = even ? first : second;
        double[] after = even ? second : first;
        if (turn >= 0) { // What comes before warms both up.
          for (int i = 0; i < before.length; i++) {
            seen.add(new double[] {before[i], after[i], after[i] / before[i]});
          }
        }
      }
    } finally {
      clients.shutdownNow();
    }
    print(args[0] + ", requests a second", seen, 0);
    print(args[0] + ", processor time of a request in us", seen, 1);
    print(args[0] + ", the same of the server's own threads", seen, 2);
  }

  private static void print(String what, List<double[]> seen, int from) {
    System.out.printf(
        "%s: %.1f without, %.1f with Belay; ratio %.3f%n",
        what, median(seen, from, 0), median(seen, from, 1), median(seen, from, 2));
  }

  private static double median(List<double[]> seen, int from, int column) {
    double[] values = new double[seen.size() / FIGURES];
    for (int i = 0; i < values.length; i++) {
      values[i] = seen.get(FIGURES * i + from)[column];
    }
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** A server in a process of its own, and the clients' connections to it. */
  private static final class Server implements AutoCloseable {
    private final Process process;
    private final BufferedReader says;
    private final List<Socket> connections = new ArrayList<>();

    Server(String kind, boolean watched) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(ProcessHandle.current().info().command().orElse("java"));
      command.addAll(List.of("-Xmx256m", "-Xms256m", "-Dsun.net.httpserver.nodelay=true"));
      if (watched) {
        command.add("-javaagent:" + System.getProperty("belay.jar"));
      }
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(AnsweringServer.class.getName(), kind));
      process =
          new ProcessBuilder(command)
              .directory(new File(System.getProperty("java.io.tmpdir")))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      says = new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII));
      int port = Integer.parseInt(says.readLine());
      for (int i = 0; i < CLIENTS; i++) {
        Socket connection = new Socket(InetAddress.getLoopbackAddress(), port);
        connection.setTcpNoDelay(true);
        connections.add(connection);
      }
    }

    /** All clients ask for one turn; requests a second, and processor time of each, twice. */
    double[] turn(ExecutorService clients) throws Exception {
      long[] used = used();
      long began = System.nanoTime();
      List<Future<Integer>> each = new ArrayList<>();
      for (Socket connection : connections) {
        each.add(clients.submit(() -> ask(connection, began + TURN_NANOS)));
      }
      int requests = 0;
      for (Future<Integer> client : each) {
        requests += client.get();
      }
      long took = System.nanoTime() - began;
      long[] since = used();
      return new double[] {
        requests * 1e9 / took,
        (since[0] - used[0]) / 1e3 / requests,
        (since[1] - used[1]) / 1e3 / requests
      };
    }

    private long[] used() throws IOException {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      return Arrays.stream(says.readLine().split(" ")).mapToLong(Long::parseLong).toArray();
    }

    private static int ask(Socket connection, long until) throws IOException {
      byte[] answer = new byte[4096];
      InputStream in = connection.getInputStream();
      int requests = 0;
      while (System.nanoTime() < until) {
        connection.getOutputStream().write(REQUEST);
        int had = 0;
        while (!isWhole(answer, had)) {
          int more = in.read(answer, had, answer.length - had);
          if (more < 0) {
            throw new IOException("the server has closed");
          }
          had += more;
        }
        requests++;
      }
      return requests;
    }

    private static boolean isWhole(byte[] answer, int length) {
      return length >= AnsweringServer.BODY.length()
          && answer[length - 1] == '!'
          && answer[length - 2] == '!';
    }

    @Override
    public void close() throws IOException {
      for (Socket connection : connections) {
        connection.close();
      }
      process.destroy();
    }
  }
}
