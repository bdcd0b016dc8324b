package io.belay.agent.control;

import io.belay.agent.run.Run;
import io.belay.agent.run.Runs;
import io.belay.agent.run.Stopping;
import io.belay.api.Reason;
import io.belay.api.Status;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The handlers of {@code /runs} and below. */
final class RunRoutes {
  /** Waiting holds a thread, so there is an end to both. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private static final int MOST_WAITING = 16;
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m)");

  private final Runs runs;
  private final RunJson json;
  private final Budgets budgets;
  private final Supplier<String> lastEvent;
  private final Semaphore waiting = new Semaphore(MOST_WAITING);

  /**
   * The handlers.
   *
   * @param lastEvent the id of the last event that tells of a change; empty where there are none
   */
  RunRoutes(Runs runs, RunJson json, Budgets budgets, Supplier<String> lastEvent) {
    this.runs = runs;
    this.json = json;
    this.budgets = budgets;
    this.lastEvent = lastEvent;
  }

  void addTo(Routes routes) {
    routes
        .add("GET", "/runs", this::list)
        .add("GET", "/runs/{id}", this::show)
        .add("POST", "/runs/{id}/stop", this::stop)
        .add("GET", "/runs/{id}/report", this::report)
        .add("POST", "/runs/{id}/budget", this::changeBudget);
  }

  private Answer list(Request request) {
    request.knowsOnly("status", "parent");
    String status = request.parameter("status");
    String parent = request.parameter("parent");
    List<String> wanted = status == null ? List.of() : statuses(status);
    // Before the runs are read: what changes from now on is an event with a later id.
    String seen = lastEvent.get();
    List<Run> shown =
        json.all().stream()
            .filter(run -> status == null || wanted.contains(run.status().toString()))
            .filter(run -> parent == null || isChild(run, parent))
            .toList();
    return Answer.json(200, json.list(shown))
        .with("Belay-Event-Id", seen)
        .with("Belay-Mode", runs.observed().isOn() ? "observe" : "enforce");
  }

  private static List<String> statuses(String given) {
    List<String> known = Arrays.stream(Status.values()).map(Status::toString).toList();
    List<String> wanted = List.of(given.split(",", -1));
    if (!known.containsAll(wanted)) {
      throw new Problem(400, "status takes a list of: " + String.join(", ", known));
    }
    return wanted;
  }

  private static boolean isChild(Run run, String parent) {
    return run.above() != null && run.above().id().equals(parent);
  }

  private Answer show(Request request) {
    request.knowsOnly();
    return Answer.json(200, json.run(find(request)));
  }

  private Answer stop(Request request) throws InterruptedException {
    request.knowsOnly("wait", "dryRun");
    long wait = millis(request.parameter("wait"));
    boolean dryRun = request.isSet("dryRun");
    Body.Stop asked = Body.stop(request.body());
    Run run = find(request);
    if (dryRun) {
      refuseEnded(run, run.stopping() == null && run.status().ended());
      return Answer.json(200, json.preview(run, runs.preview(run)));
    }
    Runs.Answer answer = runs.stop(run, Reason.USER, request.from(), asked.reason(), asked.force());
    refuseEnded(run, answer == Runs.Answer.ENDED);
    int status = answer == Runs.Answer.ACCEPTED ? 202 : 200;
    Stopping stopping = run.stopping();
    if (wait < 0 || stopping == null) {
      return Answer.json(status, json.run(run));
    }
    await(stopping, wait);
    return Answer.json(status, json.report(stopping.report()));
  }

  private static void refuseEnded(Run run, boolean ended) {
    if (ended) {
      throw new Problem(
          409, "run " + run.id() + " has " + run.status() + "; there is nothing left");
    }
  }

  /** When too many wait already, the report is answered as it stands. */
  private void await(Stopping stopping, long millis) throws InterruptedException {
    if (waiting.tryAcquire()) {
      try {
        stopping.awaitQuiet(millis, TimeUnit.MILLISECONDS);
      } finally {
        waiting.release();
      }
    }
  }

  private Answer report(Request request) {
    request.knowsOnly();
    Run run = find(request);
    Stopping stopping = run.stopping();
    if (stopping == null) {
      throw new Problem(
          409,
          "run " + run.id() + " was not stopped, so there is no report; it is " + run.status());
    }
    return Answer.json(200, json.report(stopping.report()));
  }

  private Answer changeBudget(Request request) {
    request.knowsOnly();
    Map<String, @Nullable String> limits = Body.limits(request.body());
    Run run = find(request);
    if (run.status() != Status.RUNNING) {
      throw new Problem(
          409, "run " + run.id() + " is " + run.status() + "; limits of a running one can change");
    }
    if (run.above() != null && limits.keySet().stream().anyMatch(n -> n.startsWith(Budgets.JVM))) {
      throw new Problem(
          400, "limits of the whole JVM are changed at the run jvm: POST /runs/jvm/budget");
    }
    try {
      budgets.change(run, limits);
    } catch (IllegalArgumentException e) {
      throw new Problem(400, String.valueOf(e.getMessage()));
    }
    return Answer.json(200, json.run(run));
  }

  private Run find(Request request) {
    Run run = runs.find(request.path().get(1));
    if (run == null) {
      throw new Problem(404, "no run has this id, or it ended too long ago");
    }
    return run;
  }

  /** Milliseconds; -1 when nothing was asked for. */
  private static long millis(@Nullable String wait) {
    if (wait == null) {
      return -1;
    }
    Matcher given = DURATION.matcher(wait);
    if (given.matches()) {
      long unit =
          switch (given.group(2)) {
            case "ms" -> 1;
            case "s" -> 1000;
            default -> 60_000;
          };
      long millis = Long.parseLong(given.group(1)) * unit;
      if (millis <= LONGEST_WAIT.toMillis()) {
        return millis;
      }
    }
    throw new Problem(400, "wait takes a duration such as 5s or 500ms, 60s at most");
  }
}
