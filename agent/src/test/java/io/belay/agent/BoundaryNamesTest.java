package io.belay.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.belay.agent.boundary.Boundaries;
import io.belay.agent.boundary.Boundary;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What {@code belay.boundary.<name>} and {@code belay.require} take is what is woven. */
class BoundaryNamesTest {
  @Test
  void everyBoundaryCanBeSwitchedOffAndRequired() {
    Set<String> woven = new TreeSet<>();
    for (Boundary boundary : Boundaries.ALL) {
      woven.add(boundary.name());
    }
    Set<String> keys = new TreeSet<>();
    for (Key<?> key : Keys.all()) {
      if (key.name.startsWith("boundary.")) {
        keys.add(key.name.substring("boundary.".length()));
      }
    }
    assertEquals(woven, keys);
  }
}
