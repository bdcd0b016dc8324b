package io.belay.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.belay.agent.run.Api;
import io.belay.agent.run.CallSite;
import io.belay.agent.run.Clock;
import io.belay.agent.run.Kind;
import io.belay.agent.run.Limits;
import io.belay.agent.run.Policy;
import io.belay.agent.run.Run;
import io.belay.agent.run.Runs;
import io.belay.agent.run.StopReport;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** A real {@link HttpControl} over runs of this JVM, whose boundary calls the test holds open. */
final class Door implements AutoCloseable {
  final List<String> faults = new CopyOnWriteArrayList<>();
  final FixedBudgets budgets = new FixedBudgets();
  final Runs runs;
  final HttpControl control;
  final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Agent> agents = new ConcurrentHashMap<>();
  private final String token;

  Door() throws ControlException {
    this("");
  }

  Door(String token) throws ControlException {
    this.token = token;
    this.runs = new Runs(Clock.SYSTEM, Policy.defaults(), new Faults());
    this.control =
        new HttpControl(
            new HttpOptions(0, "127.0.0.1", token),
            runs,
            budgets,
            () -> Coverage.of(runs.gatekeeper().sites()),
            new Faults());
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

  Runs.Journal journal() {
    return new Faults();
  }

  /** A thread of the application's that is in a boundary call until it is let go. */
  final class Agent {
    final String id;
    final CountDownLatch release = new CountDownLatch(1);
    final Thread thread;

    Agent(String id, Kind kind, String target) {
      this.id = id;
      CountDownLatch begun = new CountDownLatch(1);
      CallSite site =
          new CallSite(
              runs.gatekeeper(),
              "test",
              "Test#" + id,
              kind,
              null,
              (self, args) -> target,
              null,
              null);
      int number = runs.gatekeeper().take(site);
      thread =
          new Thread(
              () -> {
                try {
                  new Api(runs, budget -> Limits.NONE)
                      .run(
                          RunOptions.of(id).name("name of " + id),
                          () -> {
                            Object ticket = runs.gatekeeper().enter(number, this, new Object[0]);
                            begun.countDown();
                            awaitUninterruptibly(release);
                            return ticket == null
                                ? null
                                : runs.gatekeeper().exit(ticket, null, null);
                          });
                } catch (Exception e) {
                  faults.add(e.toString());
                }
              });
      thread.start();
      awaitUninterruptibly(begun);
    }

    void finish() {
      release.countDown();
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  static void awaitUninterruptibly(CountDownLatch latch) {
    for (; ; ) {
      try {
        latch.await();
        return;
      } catch (InterruptedException e) {
        // A stop wakes whoever waits; this stands for a call that does not hear of it.
      }
    }
  }

  /** A run that is in a call of that kind. */
  Agent agent(String id, Kind kind, String target) {
    Agent agent = new Agent(id, kind, target);
    agents.put(id, agent);
    return agent;
  }

  /** A run that began and completed. */
  Run completed(String id) throws Exception {
    new Api(runs, budget -> Limits.NONE).run(RunOptions.of(id), () -> "done");
    Run run = runs.find(id);
    assertEquals("completed", run.status().toString());
    return run;
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
    long end = System.nanoTime() + 60_000_000_000L;
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail("not within a minute: " + what);
      }
      Thread.onSpinWait();
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
    agents.values().forEach(Agent::finish);
    control.close();
    assertEquals(List.of(), faults);
  }
}
