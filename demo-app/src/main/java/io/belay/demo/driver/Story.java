package io.belay.demo.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The story, told once: a question is asked, and Stop is pressed when all three sub-agents are in
 * the middle of their second answer. Then everything is watched until nothing happens any more.
 */
final class Story {
  static final int SUB_AGENTS = 3;
  static final int LAST_TURN = 4;

  private static final String QUESTION =
      "How can a city of 200,000 people halve the energy that its buildings use?";
  private static final int TURN_OF_STOP = 2;
  private static final int TOKENS_INTO_TURN = 10;
  private static final long REACH_SECONDS = 90;

  private final Http http = new Http();
  private final Progress progress;
  private final Path logs;
  private final Optional<ControlPlane> belay;
  private final int tokensPerSecond;
  private final String id;

  Story(Progress progress, Path logs, Optional<ControlPlane> belay, int tokensPerSecond) {
    this.progress = progress;
    this.logs = logs;
    this.belay = belay;
    this.tokensPerSecond = tokensPerSecond;
    this.id = "research-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
  }

  /**
   * How the story ended.
   *
   * @param name {@code "without Belay"} or {@code "with Belay"}
   * @param stopReport what Belay answered; a missing node without it
   */
  record Ending(String name, AfterStop numbers, JsonNode stopReport) {}

  Ending tell() throws IOException, SQLException {
    try (Database database = Database.start();
        ChildJvm provider = ChildJvm.start("provider", logs, providerOptions());
        ChildJvm app = ChildJvm.start("app", logs, appOptions(provider.url(), database))) {
      progress.say("the research assistant is up at " + app.url());
      belay.ifPresent(plane -> plane.awaitUp(app));
      String research = app.url() + "/research";
      JsonNode question =
          JsonNodeFactory.instance.objectNode().put("id", id).put("question", QUESTION);
      Http.Answer answer = http.post(research, question);
      if (answer.status() != 202) {
        throw new IOException("the research assistant answered " + answer);
      }
      progress.say("asked: " + QUESTION);
      Outside outside = new Outside(provider.url(), database, id);
      awaitMoment(outside, app);
      return stopAndWatch(outside, research + "/" + id);
    }
  }

  private List<String> providerOptions() {
    return List.of("-Ddemo.tokens-per-second=" + tokensPerSecond);
  }

  private List<String> appOptions(String outside, Database database) {
    List<String> options = new ArrayList<>();
    belay.ifPresent(plane -> options.addAll(plane.options()));
    options.add("-Ddemo.llm.url=" + outside + "/v1");
    options.add("-Ddemo.tools.url=" + outside);
    options.add("-Ddemo.jdbc.url=" + database.url());
    return options;
  }

  private void awaitMoment(Outside outside, ChildJvm app) throws IOException, SQLException {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(REACH_SECONDS);
    while (outside.answers(TURN_OF_STOP, "open", TOKENS_INTO_TURN) < SUB_AGENTS) {
      if (System.nanoTime() > giveUp) {
        throw new CannotStart("the sub-agents did not get to their second answer", app.lastWords());
      }
      Pause.millis(20);
    }
  }

  /** Stop is pressed on another thread, for its answer may take as long as the stopping does. */
  private Ending stopAndWatch(Outside outside, String research) throws IOException, SQLException {
    Outside.Seen before = outside.look(0);
    progress.say("three sub-agents are streaming; so far " + before.told(0));
    long stop = System.currentTimeMillis();
    CompletableFuture<JsonNode> report = CompletableFuture.supplyAsync(() -> pressStop(research));
    AfterStop numbers = outside.watch(stop, before, report::isDone, progress);
    progress.say(numbers.wentQuiet() ? "quiet" : "still at work, but enough was seen");
    return new Ending(belay.isPresent() ? "with Belay" : "without Belay", numbers, report.join());
  }

  private JsonNode pressStop(String research) {
    try {
      if (belay.isPresent()) {
        Http.Answer answer = belay.get().stop(id);
        progress.say("Stop: POST /runs/" + id + "/stop, answered " + answer.status());
        return answer.body();
      }
      http.delete(research);
      String status = http.get(research).body().path("status").asText();
      progress.say("Stop: DELETE /research/" + id + "; the application says: " + status);
    } catch (IOException e) {
      progress.say("Stop was not answered: " + e);
    }
    return MissingNode.getInstance();
  }
}
