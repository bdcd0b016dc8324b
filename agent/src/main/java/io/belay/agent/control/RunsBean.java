package io.belay.agent.control;

import io.belay.agent.run.Run;
import io.belay.agent.run.Runs;
import io.belay.agent.run.Stopping;
import io.belay.api.Reason;
import io.belay.api.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands behind {@link RunsMXBean}. */
final class RunsBean implements RunsMXBean {
  private final Runs runs;
  private final RunJson json;

  RunsBean(Runs runs, Budgets budgets) {
    this.runs = runs;
    this.json = new RunJson(runs, budgets);
  }

  @Override
  public List<String> getLive() {
    return runs.live().stream().map(Run::id).sorted().toList();
  }

  @Override
  public int getStopping() {
    return (int) runs.live().stream().filter(run -> run.status() == Status.STOPPING).count();
  }

  @Override
  public String list() {
    return text(json.list(json.all()));
  }

  @Override
  public String show(String id) {
    return text(json.run(find(id)));
  }

  @Override
  public String stop(String id, @Nullable String reason) {
    return stop(find(id), reason, false);
  }

  @Override
  public String forceStop(String id, @Nullable String reason) {
    return stop(find(id), reason, true);
  }

  private String stop(Run run, @Nullable String reason, boolean force) {
    String text = reason == null ? "" : reason;
    if (runs.stop(run, Reason.USER, "jmx", text, force) == Runs.Answer.ENDED) {
      throw new IllegalStateException("run " + run.id() + " has " + run.status());
    }
    return run.status().toString();
  }

  @Override
  public String report(String id) {
    Run run = find(id);
    Stopping stopping = run.stopping();
    if (stopping == null) {
      throw new IllegalStateException(
          "run " + run.id() + " was not stopped; it is " + run.status());
    }
    return text(json.report(stopping.report()));
  }

  private Run find(@Nullable String id) {
    Run run = id == null ? null : runs.find(id);
    if (run == null) {
      throw new IllegalArgumentException("no run has the id " + id);
    }
    return run;
  }

  private static String text(byte[] document) {
    return new String(document, StandardCharsets.UTF_8);
  }
}
