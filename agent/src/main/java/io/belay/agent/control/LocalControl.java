package io.belay.agent.control;

import io.belay.agent.run.Runs;
import io.belay.agent.run.Threads;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The door of the command line. There is no socket until somebody who may attach to this JVM asks
 * for an {@link #invitation}: an address of the loopback interface and a secret, which the system
 * shows to nobody else. Requests are those of the HTTP control plane, in the lines of {@link
 * LocalLine}, so the answers are the same; this needs no module but {@code java.base}.
 */
public final class LocalControl implements Control {
  /** The JVM's agent property that holds Belay's version, where Belay is. */
  public static final String VERSION = "io.belay.version";

  /** The one that holds the {@link #invitation}. */
  public static final String DOOR = "io.belay.door";

  /** The one that holds what had to be said about an attempt to attach. */
  public static final String SAID = "io.belay.said";

  private static final int BACKLOG = 16;
  private static final int MOST_CALLERS = 32;
  private static final int SECRET_BYTES = 32;

  /** How long a caller may take to show the secret, and then from request to request. */
  private static final int UNKNOWN_MILLIS = 5_000;

  private static final int KNOWN_MILLIS = 120_000;

  private final Routes routes = new Routes();
  private final Runs.Journal journal;
  private final Set<Socket> callers = ConcurrentHashMap.newKeySet();
  private boolean allowed; // Guarded by this.
  private @Nullable ServerSocket door; // Guarded by this.
  private String secret = ""; // Guarded by this.

  /**
   * A door that is yet to be opened.
   *
   * @param coverage asked each time it is shown
   * @param about asked each time it is shown
   */
  public LocalControl(
      Runs runs,
      Budgets budgets,
      Supplier<Coverage> coverage,
      Supplier<About> about,
      Attachment attachment) {
    this.journal = runs.journal();
    new RunRoutes(runs, new RunJson(runs, budgets), budgets, () -> "").addTo(routes);
    routes
        .add("GET", "/coverage", request -> Answer.json(200, StateRoutes.json(coverage.get())))
        .add("GET", "/about", request -> Answer.json(200, about.get().json()))
        .add("POST", "/settings", request -> change(attachment, request));
  }

  private static Answer change(Attachment attachment, Request request) {
    request.knowsOnly("force");
    boolean force = request.isSet("force");
    try {
      return Answer.json(
          200,
          Json.document(
              json ->
                  json.object(
                      "", () -> json.strings("done", attachment.change(request.body(), force)))));
    } catch (IllegalArgumentException unreadable) {
      throw new Problem(400, String.valueOf(unreadable.getMessage()));
    }
  }

  /** From now on there are invitations. */
  @Override
  public synchronized void start() {
    allowed = true;
  }

  /**
   * Where to call and what to show: {@code 127.0.0.1:port secret}. Opens the socket if need be;
   * empty when that is impossible. Called by any thread, and quick.
   */
  public synchronized String invitation() {
    if (!allowed) {
      return "";
    }
    try {
      ServerSocket open = door;
      if (open == null) {
        open = new ServerSocket();
        open.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        secret = HexFormat.of().formatHex(random);
        door = open;
        ServerSocket accepting = open;
        byte[] expected = secret.getBytes(StandardCharsets.US_ASCII);
        Threads.start(() -> accept(accepting, expected), "belay-local");
      }
      String host = open.getInetAddress().getHostAddress();
      return host + ':' + open.getLocalPort() + ' ' + secret;
    } catch (IOException | RuntimeException fault) {
      journal.fault("opening the door of the command line", fault);
      return "";
    }
  }

  private void accept(ServerSocket open, byte[] expected) {
    while (!open.isClosed()) {
      try {
        Socket caller = open.accept();
        if (callers.size() >= MOST_CALLERS) {
          caller.close();
        } else {
          callers.add(caller);
          Threads.start(() -> serve(caller, expected), "belay-local-caller");
        }
      } catch (IOException closed) {
        // Either this door or one caller; the loop looks which.
      }
    }
  }

  private void serve(Socket caller, byte[] expected) {
    try (caller) {
      caller.setSoTimeout(UNKNOWN_MILLIS);
      caller.setTcpNoDelay(true);
      LocalLine line =
          new LocalLine(new BufferedInputStream(caller.getInputStream()), caller.getOutputStream());
      String[] hello = line.read().split(" ", 3);
      if (hello.length < 3
          || !hello[0].equals(LocalLine.PROTOCOL)
          || !MessageDigest.isEqual(hello[1].getBytes(StandardCharsets.UTF_8), expected)) {
        return;
      }
      line.write(LocalLine.PROTOCOL + " welcome");
      caller.setSoTimeout(KNOWN_MILLIS);
      while (!caller.isClosed()) {
        line.answer(routes, "command line " + hello[2], journal);
      }
    } catch (IOException gone) {
      // The caller has, or this door was closed.
    } catch (Throwable fault) {
      journal.fault("serving the command line", fault);
    } finally {
      callers.remove(caller);
    }
  }

  /** For people; empty while there is no socket. */
  @Override
  public synchronized String address() {
    return "";
  }

  @Override
  public synchronized void close() {
    allowed = false;
    ServerSocket open = door;
    door = null;
    try {
      if (open != null) {
        open.close();
      }
      for (Socket caller : callers) {
        caller.shutdownInput(); // One of them may have asked for this, and is still to be answered.
      }
    } catch (IOException gone) {
      // There is nothing left to close.
    }
  }
}
