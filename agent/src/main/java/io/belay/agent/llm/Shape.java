package io.belay.agent.llm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The places of a JSON document that matter, as a tree that {@link JsonScan} walks along.
 *
 * <p>Each place may carry a slot, a small number that tells the reader what stands there. Built
 * once per dialect and never changed afterwards.
 */
final class Shape {
  static final int NOTHING = -1;

  /** No place of interest below here. */
  static final Shape NONE = new Shape(true);

  private byte[][] names = {};
  private Shape[] children = {};
  private Shape element;
  private Shape rest;
  private int slot = NOTHING;
  private boolean delegates;

  Shape() {
    element = NONE;
    rest = NONE;
  }

  /** The one that everything unknown leads to, and that leads to itself. */
  @SuppressWarnings("UnusedVariable") // only tells the constructors apart
  private Shape(boolean unknown) {
    element = this;
    rest = this;
  }

  int slot() {
    return slot;
  }

  /** Whether the raw bytes of a string at this place are wanted as they pass. */
  boolean wantsRuns() {
    return slot == Slot.TEXT || slot == Slot.INNER;
  }

  Shape element() {
    return element;
  }

  Shape child(byte[] name, int length) {
    for (int i = 0; i < names.length; i++) {
      byte[] candidate = names[i];
      if (candidate.length == length && Arrays.equals(candidate, 0, length, name, 0, length)) {
        return children[i];
      }
    }
    return delegates ? rest.child(name, length) : rest;
  }

  Shape rest() {
    return rest;
  }

  /** Puts {@code slot} at each of the dotted paths; {@code []} steps into an array. */
  Shape put(int slot, String... paths) {
    for (String path : paths) {
      at(path).slot = slot;
    }
    return this;
  }

  /** Puts {@code slot} at the path and everywhere below it; exceptions may be put afterwards. */
  Shape putDeep(int slot, String... paths) {
    for (String path : paths) {
      Shape place = at(path);
      place.slot = slot;
      place.rest = place;
      place.element = place;
    }
    return this;
  }

  /** The place at a path, made if need be; inside a deep place it holds at any depth. */
  Shape at(String path) {
    Shape place = this;
    for (String step : path.split("\\.")) {
      if (step.isEmpty()) {
        continue;
      }
      String name = step;
      int arrays = 0;
      while (name.endsWith("[]")) {
        name = name.substring(0, name.length() - 2);
        arrays++;
      }
      if (!name.isEmpty()) {
        place = place.named(name.getBytes(StandardCharsets.UTF_8));
      }
      for (; arrays > 0; arrays--) {
        if (place.element == NONE) {
          place.element = new Shape();
        }
        place = place.element;
      }
    }
    return place;
  }

  /** Names not named here lead where they lead at that place, elements to the place itself. */
  Shape elsewhere(Shape place) {
    rest = place;
    delegates = true;
    if (element == NONE) {
      element = place;
    }
    return this;
  }

  /** Makes the elements of a top-level array read like the document itself. */
  Shape orArrayOfThese() {
    element = this;
    return this;
  }

  private Shape named(byte[] name) {
    for (int i = 0; i < names.length; i++) {
      if (Arrays.equals(names[i], name)) {
        return children[i];
      }
    }
    names = Arrays.copyOf(names, names.length + 1);
    children = Arrays.copyOf(children, children.length + 1);
    names[names.length - 1] = name;
    children[children.length - 1] = new Shape();
    return children[children.length - 1];
  }
}
