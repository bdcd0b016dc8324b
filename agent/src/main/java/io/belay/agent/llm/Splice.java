package io.belay.agent.llm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Replacements in a body that leave every other byte where it was. */
final class Splice {
  private record Edit(int from, int to, byte[] bytes) {}

  private final byte[] body;
  private final List<Edit> edits = new ArrayList<>();

  Splice(byte[] body) {
    this.body = body;
  }

  boolean isEmpty() {
    return edits.isEmpty();
  }

  void replace(int from, int to, String text) {
    edits.add(new Edit(from, to, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Adds a member at the front of the object whose brace stands at {@code brace}. */
  void member(int brace, String member) {
    int next = brace + 1;
    while (next < body.length && body[next] <= ' ' && body[next] >= 0) {
      next++;
    }
    boolean empty = next < body.length && body[next] == '}';
    boolean more = edits.stream().anyMatch(edit -> edit.from == brace + 1 && edit.to == brace + 1);
    replace(brace + 1, brace + 1, empty && !more ? member : member + ",");
  }

  byte[] apply() {
    // Later insertions at one place go in front, so that a comma always has something behind it.
    List<Edit> sorted = new ArrayList<>(edits);
    Collections.reverse(sorted);
    sorted.sort(Comparator.comparingInt(Edit::from));
    int length = body.length;
    for (Edit edit : sorted) {
      length += edit.bytes.length - (edit.to - edit.from);
    }
    byte[] result = new byte[length];
    int in = 0;
    int out = 0;
    for (Edit edit : sorted) {
      System.arraycopy(body, in, result, out, edit.from - in);
      out += edit.from - in;
      System.arraycopy(edit.bytes, 0, result, out, edit.bytes.length);
      out += edit.bytes.length;
      in = edit.to;
    }
    System.arraycopy(body, in, result, out, body.length - in);
    return result;
  }
}
