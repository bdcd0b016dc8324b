package io.belay.demo.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belay.demo.provider.Answer.ToolCall;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The model's part in the story. What it says depends on the conversation alone, so the story is
 * the same each time it is told.
 */
final class Script {
  private static final Pattern JOB_ID = Pattern.compile("job-\\d+");

  private static final String PLAN =
      """
      To answer this well I would look at it from three sides that can be studied independently of \
      one another, and then weigh them together:
      1. insulation of existing buildings
      2. district heating from waste heat
      3. demand response and storage
      """;

  private static final List<String> SENTENCES =
      List.of(
          "Most of what is published on %s measures a single winter, which is not enough.",
          "The larger cities report savings of about a fifth, the smaller ones rather less.",
          "Costs for %s fell quickly at first and have been flat for the last four years.",
          "What decides in practice is who pays first and who saves later.",
          "Three of the sources on %s disagree about the payback time, by a factor of two.",
          "The numbers from utilities are the most careful, and the least optimistic.",
          "Where %s was done street by street, the work took half as long.");

  private Script() {}

  static Answer answer(JsonNode messages) {
    String system = ChatRequest.text(messages.path(0)).toLowerCase(Locale.ROOT);
    String user = ChatRequest.text(messages.path(1));
    int turn = 1;
    StringBuilder results = new StringBuilder();
    for (JsonNode message : messages) {
      turn += message.path("role").asText().equals("assistant") ? 1 : 0;
      results.append(message.path("role").asText().equals("tool") ? ChatRequest.text(message) : "");
    }
    if (system.contains("planner")) {
      return new Answer("plan", turn, PLAN, List.of());
    }
    if (system.contains("writer")) {
      return new Answer("report", turn, prose("saving energy", 120), List.of());
    }
    if (system.contains("investigator")) {
      return investigation(user, turn, results.toString());
    }
    return new Answer("talk", turn, prose("this", 200), List.of());
  }

  private static Answer investigation(String topic, int turn, String results) {
    return switch (turn) {
      case 1 ->
          investigating(turn, prose(topic, 25), call("search_web", "query", topic + " overview"));
      case 2 ->
          investigating(
              turn,
              prose(topic, 45),
              call("search_web", "query", topic + " cost per household"),
              call("start_crawl", "topic", topic));
      case 3 ->
          investigating(
              turn,
              prose(topic, 35),
              call("check_crawl", "jobId", jobIn(results)),
              call(
                  "save_note", "title", topic, "text", "Payback times differ by a factor of two."));
      default -> investigating(turn, prose(topic, 75));
    };
  }

  private static Answer investigating(int turn, String text, ToolCall... calls) {
    return new Answer("investigate", turn, text, List.of(calls));
  }

  private static ToolCall call(String tool, String... namesAndValues) {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      arguments.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new ToolCall(tool, arguments.toString());
  }

  /** A model has only the conversation to find the id of the job in, and so has this one. */
  private static String jobIn(String results) {
    Matcher job = JOB_ID.matcher(results);
    return job.find() ? job.group() : "unknown";
  }

  private static String prose(String topic, int words) {
    StringBuilder text = new StringBuilder();
    int missing = words;
    for (int i = 0; missing > 0; i++) {
      String sentence = String.format(SENTENCES.get(i % SENTENCES.size()), topic);
      for (String word : Answer.words(sentence)) {
        if (missing-- > 0) {
          text.append(text.isEmpty() || word.startsWith(" ") ? "" : " ").append(word);
        }
      }
    }
    return text.toString();
  }
}
