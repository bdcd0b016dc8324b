package io.belay.it.inbound;

import io.belay.it.harness.Await;
import io.belay.it.harness.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** An nginx in front of a server: as it comes, and under {@code /kept/} hiding who leaves. */
final class Nginx implements AutoCloseable {
  private final Process process;
  private final int port;

  Nginx(int server) throws IOException {
    Path folder = Files.createTempDirectory("nginx");
    port = Ports.free();
    Path log = folder.resolve("log");
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        daemon off; master_process off; pid nginx.pid; error_log stderr warn;
        events {}
        http {
          access_log off; client_body_temp_path body; proxy_temp_path proxy;
          fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
          proxy_http_version 1.1; proxy_set_header Connection ""; proxy_read_timeout 120s;
          server {
            listen 127.0.0.1:%d;
            location / { proxy_pass http://127.0.0.1:%d; }
            location /stream/ { proxy_pass http://127.0.0.1:%<d; proxy_buffering off; }
            location /kept/ { proxy_pass http://127.0.0.1:%<d/; proxy_ignore_client_abort on; }
          }
        }
        """
            .formatted(port, server));
    process =
        new ProcessBuilder(program().toString(), "-p", folder.toString(), "-c", "nginx.conf")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Await.until("nginx listens, see " + log, () -> !process.isAlive() || listens());
    if (!process.isAlive()) {
      throw new IllegalStateException(Files.readString(log));
    }
  }

  /** Where it is installed; its folder is on few users' paths. */
  private static Path program() {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(folder -> Path.of(folder, "nginx"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /** Whether there is one. */
  static boolean isInstalled() {
    return program() != null;
  }

  private boolean listens() {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
