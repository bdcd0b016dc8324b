package io.belay.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.belay.agent.rule.Limits;
import io.belay.agent.run.Api;
import io.belay.agent.run.As;
import io.belay.agent.run.CallSite;
import io.belay.agent.run.CheckSite;
import io.belay.agent.run.Clock;
import io.belay.agent.run.Kind;
import io.belay.agent.run.Policy;
import io.belay.agent.run.Run;
import io.belay.agent.run.Runs;
import io.belay.agent.run.StopReport;
import io.belay.agent.run.TaskSite;
import io.belay.api.RunOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A real {@link HttpControl} over runs of this JVM, whose boundary calls the test holds open. */
final class Door implements AutoCloseable {
  final List<String> faults = new CopyOnWriteArrayList<>();
  final FixedBudgets budgets = new FixedBudgets();
  final Runs runs;
  final HttpControl control;
  final HttpClient client = HttpClient.newHttpClient();

  /** How runs ended that did not just return. */
  final List<String> ends = new CopyOnWriteArrayList<>();

  private final List<Agent> agents = new CopyOnWriteArrayList<>();
  private final CheckSite sending;
  private final TaskSite carried = new TaskSite("test", "Test#handOver", As.RUNNABLE, false, false);
  private final String token;

  Door() throws ControlException {
    this("");
  }

  Door(String token) throws ControlException {
    this(token, Policy.defaults());
  }

  Door(String token, Policy policy) throws ControlException {
    this(token, policy, Clock.SYSTEM);
  }

  /** With a clock of its own for how many requests come in a second. */
  Door(String token, Policy policy, Clock requests) throws ControlException {
    this.token = token;
    this.runs = new Runs(Clock.SYSTEM, policy, new Faults());
    this.sending = new CheckSite(runs.gatekeeper(), "test", "Test#sending", type -> null);
    runs.gatekeeper().take(sending);
    runs.gatekeeper().take(carried);
    this.control =
        new HttpControl(
            new HttpOptions(0, "127.0.0.1", token),
            runs,
            budgets,
            this::coverage,
            new Faults(),
            requests);
    control.start();
  }

  private final class Faults implements Runs.Journal {
    @Override
    public void stopped(StopReport report) {}

    @Override
    public void fault(String during, Throwable thrown) {
      faults.add(during + ": " + thrown);
    }
  }

  /** Libraries that are said to be loaded and not covered. */
  final List<Coverage.Missed> missed = new CopyOnWriteArrayList<>();

  private Coverage coverage() {
    List<Coverage.Covered> covered = Coverage.of(runs.gatekeeper().sites()).covered();
    return new Coverage() {
      @Override
      public List<Covered> covered() {
        return covered;
      }

      @Override
      public List<Missed> missed() {
        return missed;
      }
    };
  }

  Runs.Journal journal() {
    return new Faults();
  }

  /** A thread of the application's, in a run of its own and in one boundary call of it. */
  final class Agent {
    final String id;
    private final CallSite site;
    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean told;

    /** Its thread, once it has begun. */
    volatile Thread thread;

    private Agent(String id, Kind kind, String target, boolean yields) {
      this.id = id;
      this.site =
          new CallSite(
              runs.gatekeeper(),
              "test",
              "Test#" + id,
              kind,
              null,
              (self, args) -> target,
              yields ? (self, args, at) -> tellToFinish() : null);
      runs.gatekeeper().take(site);
      agents.add(this);
    }

    private void work() {
      thread = Thread.currentThread();
      try {
        new Api(runs, budget -> Limits.NONE)
            .run(
                RunOptions.of(id).name("name of " + id),
                () -> {
                  Object ticket = runs.gatekeeper().enter(site.number(), this, new Object[0]);
                  runs.gatekeeper().check(sending.number(), this);
                  begun.countDown();
                  while (!told) {
                    try {
                      inbox.take().run();
                    } catch (InterruptedException e) {
                      // A stop wakes whoever waits; this stands for a call that does not hear it.
                    }
                  }
                  return runs.gatekeeper().exit(ticket, null, null);
                });
      } catch (Exception e) {
        ends.add(id + ": " + e);
      } finally {
        over.countDown();
      }
    }

    private Agent start(UnaryOperator<Runnable> handOver) {
      new Thread(handOver.apply(this::work), "agent-" + id).start();
      return this;
    }

    /** A run below this one, on a thread of its own. It ends its call when it is aborted. */
    Agent child(String childId, Kind kind, String target) {
      Agent child = new Agent(childId, kind, target, true);
      inbox.add(
          () ->
              child.start(
                  task -> (Runnable) runs.gatekeeper().carry(carried.number(), null, task)));
      child.awaitBegun();
      return child;
    }

    private Agent awaitBegun() {
      try {
        begun.await();
        return this;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    private void tellToFinish() {
      inbox.add(() -> told = true);
    }

    /** Ends its call and its run, and waits for that. */
    void finish() {
      tellToFinish();
      try {
        over.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** A run that is in a call of that kind until it is told to finish. */
  Agent agent(String id, Kind kind, String target) {
    return new Agent(id, kind, target, false).start(task -> task).awaitBegun();
  }

  /** The same, but it ends its call when it is aborted. */
  Agent yielding(String id, Kind kind, String target) {
    return new Agent(id, kind, target, true).start(task -> task).awaitBegun();
  }

  /** A run that began and completed. */
  Run completed(String id) throws Exception {
    new Api(runs, budget -> Limits.NONE).run(RunOptions.of(id), () -> "done");
    Run run = runs.find(id);
    assertEquals("completed", run.status().toString());
    return run;
  }

  /** A run that began and threw. */
  void failed(String id) {
    Callable<Object> work =
        () -> {
          throw new IOException("no route");
        };
    assertThrows(
        IOException.class, () -> new Api(runs, budget -> Limits.NONE).run(RunOptions.of(id), work));
    assertEquals("failed", runs.find(id).status().toString());
  }

  URI uri(String path) {
    return URI.create(control.address() + path);
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  Reply get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  Reply post(String path, String body) throws IOException, InterruptedException {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return new Reply(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
  }

  /** Asks again until it holds. There is no other end than the test's own. */
  static void await(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + 90_000_000_000L;
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        fail("not within a minute and a half: " + what);
      }
      LockSupport.parkNanos(1_000_000); // What is waited for may need the processor.
    }
  }

  /** An answer; a JSON one as maps and lists. */
  record Reply(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String body() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    Object json() {
      return Door.parsed(body());
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> object() {
      return (Map<String, Object>) json();
    }

    @SuppressWarnings("unchecked")
    List<Map<String, Object>> list() {
      return (List<Map<String, Object>>) json();
    }

    /** What a problem says, after checking that it is one. */
    String problem(int status) {
      assertEquals(status, status(), body());
      assertEquals("application/problem+json", header("Content-Type"));
      assertEquals((long) status, object().get("status"));
      return (String) object().get("detail");
    }
  }

  static Object parsed(String text) {
    try (JsonParser in = Json.FACTORY.createParser(text)) {
      in.nextToken();
      Object value = value(in);
      assertEquals(null, in.nextToken(), "one document");
      return value;
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  private static Object value(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> members = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
          String name = in.currentName();
          in.nextToken();
          members.put(name, value(in));
        }
        yield members;
      }
      case START_ARRAY -> {
        List<Object> elements = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(in));
        }
        yield elements;
      }
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> in.getLongValue();
      case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
      default -> in.getText();
    };
  }

  @Override
  public void close() {
    agents.forEach(Agent::finish);
    control.close();
    assertEquals(List.of(), faults);
  }
}
