package io.belay.demo;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Answers a question in three steps: a planner splits it into topics, sub-agents investigate the
 * topics in parallel, and a writer turns their findings into a report.
 */
public final class ResearchAgent {
  private static final Logger LOG = System.getLogger(ResearchAgent.class.getName());
  private static final Pattern TOPIC = Pattern.compile("(?m)^\\d+\\. (.+)$");

  private static final String PLANNER =
      "You are the planner of a research team. Split the question into numbered topics.";
  private static final String WRITER =
      "You are the writer of a research team. Turn the findings into a report.";

  private final OpenAIClient llm;
  private final String model;
  private final ResearchSubAgent subAgent;
  private final ResearchStore store;
  private final ExecutorService team = Executors.newFixedThreadPool(6);

  private ResearchAgent(
      OpenAIClient llm, String model, ResearchSubAgent subAgent, ResearchStore store) {
    this.llm = llm;
    this.model = model;
    this.subAgent = subAgent;
    this.store = store;
  }

  static ResearchAgent create(Settings settings) {
    OpenAIClient llm =
        OpenAIOkHttpClient.builder().baseUrl(settings.llmUrl()).apiKey(settings.llmKey()).build();
    ResearchStore store = ResearchStore.open(settings.jdbcUrl());
    ResearchTools tools = new ResearchTools(settings.toolsUrl());
    ResearchSubAgent subAgent = new ResearchSubAgent(llm, settings.model(), tools, store);
    return new ResearchAgent(llm, settings.model(), subAgent, store);
  }

  /**
   * Does the whole research and returns the report. Blocks until it is written.
   *
   * @param id names this research; its sub-agents are {@code id.1}, {@code id.2} and so on
   */
  public String answer(String id, String question) {
    store.log(id, "started", question);
    String plan = Conversation.begin(llm, model, PLANNER, question).next().content().orElse("");
    List<String> topics = TOPIC.matcher(plan).results().map(ResearchAgent::topic).toList();

    List<CompletableFuture<String>> investigations = new ArrayList<>();
    for (String topic : topics) {
      investigations.add(investigate(id + "." + (investigations.size() + 1), topic));
    }
    List<String> findings = investigations.stream().map(CompletableFuture::join).toList();

    String notes = question + "\n\n" + String.join("\n\n", findings);
    String report = Conversation.begin(llm, model, WRITER, notes).next().content().orElse("");
    store.saveFinding(id, question, report);
    return report;
  }

  /** One sub-agent failing is no reason for the others to stop: the report says what is missing. */
  private CompletableFuture<String> investigate(String id, String topic) {
    return CompletableFuture.supplyAsync(() -> subAgent.investigate(id, topic), team)
        .thenApplyAsync(
            finding -> {
              store.saveFinding(id, topic, finding);
              return topic + ": " + finding;
            },
            team)
        .exceptionally(
            failure -> {
              LOG.log(Level.WARNING, "sub-agent " + id + " failed", failure);
              return topic + ": no findings";
            });
  }

  private static String topic(MatchResult line) {
    return line.group(1);
  }
}
