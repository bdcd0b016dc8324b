package io.belay.agent.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The calls in flight of a run, or the work of a run: {@link Chain}s, several where many unrelated
 * threads meet (the root), so that they do not wait for each other.
 */
final class Members<T extends Link> {
  private final Chain[] chains;

  Members(int width) {
    chains = new Chain[Integer.highestOneBit(width)];
    for (int i = 0; i < chains.length; i++) {
      chains[i] = new Chain();
    }
  }

  void add(T member) {
    chain().add(member);
  }

  boolean remove(T member) {
    Chain chain = member.chain; // Set for good once added; a stale null means it has left.
    return chain != null && chain.remove(member);
  }

  boolean isEmpty() {
    for (Chain chain : chains) {
      if (chain.size() != 0) {
        return false;
      }
    }
    return true;
  }

  int size() {
    int sum = 0;
    for (Chain chain : chains) {
      sum += chain.size();
    }
    return sum;
  }

  /** Whether any member is so; the test must be short and must not call out. */
  @SuppressWarnings("unchecked") // only add puts members in
  boolean any(Predicate<T> test) {
    for (Chain chain : chains) {
      if (chain.any(link -> test.test((T) link))) {
        return true;
      }
    }
    return false;
  }

  @SuppressWarnings("unchecked") // only add puts members in
  List<T> snapshot() {
    List<T> seen = new ArrayList<>();
    for (Chain chain : chains) {
      chain.visit(link -> seen.add((T) link));
    }
    return seen;
  }

  private Chain chain() {
    if (chains.length == 1) {
      return chains[0];
    }
    // Thread.getId is the only identity that Java 17 and later both have; neighbours spread.
    @SuppressWarnings("deprecation")
    long id = Thread.currentThread().getId();
    return chains[(int) (id & (chains.length - 1))];
  }
}
