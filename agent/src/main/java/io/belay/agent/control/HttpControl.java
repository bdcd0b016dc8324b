package io.belay.agent.control;

import io.belay.agent.run.Clock;
import io.belay.agent.run.Runs;
import io.belay.agent.run.Threads;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs over HTTP, on the JDK's own server; openapi.json beside this class describes it. Where the
 * JVM's image has no {@code jdk.httpserver} it says so: no type of that module is named here.
 */
public final class HttpControl implements Control {
  private final HttpOptions options;
  private final Runs runs;
  private final Budgets budgets;
  private final Supplier<Coverage> coverage;
  private final Runs.Journal journal;
  private final Clock clock;
  private @Nullable Server server; // Guarded by this.

  /**
   * A door that is yet to be opened.
   *
   * @param coverage asked each time it is shown
   * @param journal hears of faults
   */
  public HttpControl(
      HttpOptions options,
      Runs runs,
      Budgets budgets,
      Supplier<Coverage> coverage,
      Runs.Journal journal) {
    this(options, runs, budgets, coverage, journal, Clock.SYSTEM);
  }

  /** The same with another clock for how many requests come in a second. */
  HttpControl(
      HttpOptions options,
      Runs runs,
      Budgets budgets,
      Supplier<Coverage> coverage,
      Runs.Journal journal,
      Clock clock) {
    this.options = options;
    this.runs = runs;
    this.budgets = budgets;
    this.coverage = coverage;
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public synchronized void start() throws ControlException {
    if (server != null) {
      return;
    }
    InetSocketAddress address = options.address();
    if (ModuleLayer.boot().findModule("jdk.httpserver").isEmpty()) {
      throw new ControlException(
          "belay.http.port: this Java runtime has no HTTP server; add the module jdk.httpserver to"
              + " its image, or leave the port unset and use the command line",
          null);
    }
    CompletableFuture<Server> opening = new CompletableFuture<>();
    Threads.start(() -> open(address, opening), "belay-http-start");
    try {
      server = opening.join();
    } catch (CompletionException e) {
      throw failure(e.getCause());
    }
  }

  /** On a thread of ours: the server's own thread is a daemon when its creator is one. */
  private void open(InetSocketAddress address, CompletableFuture<Server> opening) {
    try {
      Server opened = new Server(address, options, runs, budgets, coverage, journal, clock);
      opened.start();
      opening.complete(opened);
    } catch (Throwable failure) {
      opening.completeExceptionally(failure);
    }
  }

  private ControlException failure(@Nullable Throwable cause) {
    String where = "belay.http.port: cannot listen on " + options;
    if (cause instanceof BindException) {
      return new ControlException(
          where + " (" + cause.getMessage() + "); choose another port, or 0 for a free one", cause);
    }
    return new ControlException(where + ": " + cause, cause);
  }

  @Override
  public synchronized String address() {
    if (server == null) {
      return "";
    }
    String host = options.bind();
    return "http://"
        + (host.contains(":") ? '[' + host + ']' : host)
        + ':'
        + server.address().getPort();
  }

  /** What is answered, as {@code GET /runs/{id}}. */
  synchronized List<String> routes() {
    return server == null ? List.of() : server.routes().names();
  }

  @Override
  public synchronized void close() {
    if (server != null) {
      server.close();
      server = null;
    }
  }
}
