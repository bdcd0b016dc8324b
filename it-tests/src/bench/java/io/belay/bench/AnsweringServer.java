package io.belay.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.concurrent.Executors;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import reactor.core.publisher.Mono;

/**
 * What {@link RequestsPerSecond} asks: the least that a server can do. Prints its port, and, for
 * each line that it reads, how many nanoseconds of the processor it has used: all of it, and its
 * own threads alone, without compilers and collectors.
 */
final class AnsweringServer {
  static final String BODY = "hello, hello, hello!!";

  private AnsweringServer() {}

  /** Arguments: {@code jdk}, {@code tomcat} or {@code netty}. */
  public static void main(String[] args) throws Exception {
    byte[] body = BODY.getBytes(US_ASCII);
    int port =
        switch (args[0]) {
          case "jdk" -> jdk(body);
          case "tomcat" -> tomcat(body);
          case "netty" -> netty();
          default -> throw new IllegalArgumentException(args[0]);
        };
    System.out.println(port);
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    while (System.in.read() == '\n') {
      System.out.println(process.getProcessCpuTime() + " " + ownThreads());
    }
    System.exit(0);
  }

  private static long ownThreads() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long id : threads.getAllThreadIds()) {
      sum += Math.max(0, threads.getThreadCpuTime(id));
    }
    return sum;
  }

  private static int jdk(byte[] body) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(any, 0);
    server.setExecutor(Executors.newFixedThreadPool(8));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server.getAddress().getPort();
  }

  private static int tomcat(byte[] body) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "answering", new Answering(body)).addMapping("/*");
    tomcat.start();
    return tomcat.getConnector().getLocalPort();
  }

  private static final class Answering extends HttpServlet {
    private static final long serialVersionUID = 1;
    private final transient byte[] body;

    Answering(byte[] body) {
      this.body = body;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }
  }

  private static int netty() {
    return reactor.netty.http.server.HttpServer.create()
        .host("127.0.0.1")
        .port(0)
        .handle(
            (request, response) ->
                response.header("Content-Length", "" + BODY.length()).sendString(Mono.just(BODY)))
        .bindNow()
        .port();
  }
}
