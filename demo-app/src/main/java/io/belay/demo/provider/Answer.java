package io.belay.demo.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What the model is going to say.
 *
 * @param scene which part of the script this is
 * @param turn which answer of its conversation this is, from 1
 * @param text the words, empty if it only calls tools
 * @param calls the tools it calls
 */
record Answer(String scene, int turn, String text, List<ToolCall> calls) {
  private static final Pattern WORD = Pattern.compile("\\s*\\S+");
  private static final Pattern PIECE_OF_JSON = Pattern.compile("(?s).{1,5}");

  /** A call of a tool, with its arguments as JSON text. */
  record ToolCall(String name, String arguments) {}

  /** One token of an answer. */
  sealed interface Token {}

  record Text(String text) implements Token {}

  record CallBegins(int index, String name) implements Token {}

  record Arguments(int index, String piece) implements Token {}

  /** The answer as it is generated: each element is one token and becomes one delta. */
  List<Token> tokens() {
    List<Token> tokens = new ArrayList<>();
    words(text).forEach(word -> tokens.add(new Text(word)));
    for (int i = 0; i < calls.size(); i++) {
      int index = i;
      tokens.add(new CallBegins(index, calls.get(i).name()));
      PIECE_OF_JSON
          .matcher(calls.get(i).arguments())
          .results()
          .forEach(piece -> tokens.add(new Arguments(index, piece.group())));
    }
    return tokens;
  }

  /** This provider's tokens of a text: its words, each with the space before it. */
  static List<String> words(String text) {
    return WORD.matcher(text).results().map(MatchResult::group).toList();
  }
}
