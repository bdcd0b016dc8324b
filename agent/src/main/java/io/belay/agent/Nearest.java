package io.belay.agent;

/** The known name that a mistyped one most likely stands for. */
final class Nearest {
  private Nearest() {}

  /** The key whose name takes the fewest edits; of equals the one declared first. */
  static Key<?> key(String name) {
    Key<?> nearest = Keys.ENABLED;
    int least = Integer.MAX_VALUE;
    for (Key<?> key : Keys.all()) {
      int edits = edits(name, key.name);
      if (edits < least) {
        least = edits;
        nearest = key;
      }
    }
    return nearest;
  }

  /** Whether the name looks like a typing error of a key rather than like something else. */
  static boolean isTypo(String name) {
    return edits(name, key(name).name) <= Math.max(1, name.length() / 4);
  }

  /** Insertions, deletions, replacements and swaps of neighbours that turn one into the other. */
  static int edits(String from, String to) {
    int[] before = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      row[0] = i;
      char a = from.charAt(i - 1);
      for (int j = 1; j <= to.length(); j++) {
        char b = to.charAt(j - 1);
        int least = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (a == b ? 0 : 1));
        if (i > 1 && j > 1 && a == to.charAt(j - 2) && b == from.charAt(i - 2)) {
          least = Math.min(least, before[j - 2] + 1);
        }
        row[j] = least;
      }
      int[] free = before;
      before = last;
      last = row;
      row = free;
    }
    return last[to.length()];
  }
}
