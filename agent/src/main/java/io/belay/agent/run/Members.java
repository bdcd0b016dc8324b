package io.belay.agent.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The calls in flight of a run, its work or its children: a {@link Chain}, or several where many
 * unrelated threads meet (the root), so that they do not wait for each other. It is its own only
 * chain, because a stop of ten thousand runs waits for each object that it has to fetch.
 */
final class Members<T extends Link> extends Chain {
  /** The chains in its place; {@code null} where one is enough. */
  private final Chain @Nullable [] more;

  Members(int width) {
    int chains = Integer.highestOneBit(width);
    more = chains == 1 ? null : new Chain[chains];
    for (int i = 0; more != null && i < chains; i++) {
      more[i] = new Chain();
    }
  }

  void add(T member) {
    (more == null ? this : mine(more)).link(member);
  }

  boolean remove(T member) {
    Chain chain = member.chain; // Set for good once added; a stale null means it has left.
    return chain != null && chain.unlink(member);
  }

  boolean isEmpty() {
    if (more == null) {
      return count() == 0;
    }
    for (Chain chain : more) {
      if (chain.count() != 0) {
        return false;
      }
    }
    return true;
  }

  int size() {
    if (more == null) {
      return count();
    }
    int sum = 0;
    for (Chain chain : more) {
      sum += chain.count();
    }
    return sum;
  }

  /** Whether any member is so; the test must be short and must not call out. */
  @SuppressWarnings("unchecked") // only add puts members in
  boolean any(Predicate<T> test) {
    if (more == null) {
      return has(link -> test.test((T) link));
    }
    for (Chain chain : more) {
      if (chain.has(link -> test.test((T) link))) {
        return true;
      }
    }
    return false;
  }

  List<T> snapshot() {
    if (isEmpty()) {
      return List.of();
    }
    List<T> seen = new ArrayList<>();
    addTo(seen);
    return seen;
  }

  /** Adds all members to {@code seen}. */
  @SuppressWarnings("unchecked") // only add puts members in
  void addTo(List<? super T> seen) {
    if (more == null) {
      visit(link -> seen.add((T) link));
      return;
    }
    for (Chain chain : more) {
      chain.visit(link -> seen.add((T) link));
    }
  }

  private static Chain mine(Chain[] chains) {
    // Thread.getId is the only identity that Java 17 and later both have; neighbours spread.
    @SuppressWarnings("deprecation")
    long id = Thread.currentThread().getId();
    return chains[(int) (id & (chains.length - 1))];
  }
}
