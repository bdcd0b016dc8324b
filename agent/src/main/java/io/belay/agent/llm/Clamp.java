package io.belay.agent.llm;

import io.belay.agent.llm.RequestReader.Kind;
import io.belay.agent.llm.RequestReader.Spot;
import java.util.ArrayList;
import java.util.List;

/**
 * Lowers or adds the output limit of one request, by the rules of its dialect.
 *
 * <p>Servers differ in which of two equal names wins, so every occurrence is lowered.
 */
final class Clamp {

  /**
   * Where a dialect wants its limit.
   *
   * @param container the object that holds it; "" for the body itself
   * @param member its name there
   * @param slot {@link Ask#LIMIT} or {@link Ask#LIMIT_OLD}, whichever that name is
   * @param minimum the least the provider accepts
   * @param negative whether a negative limit means none, as with Ollama and other local servers
   */
  record Place(String container, String member, int slot, long minimum, boolean negative) {
    Place(String member, int slot) {
      this("", member, slot, 1, false);
    }
  }

  private final RequestReader found;
  private final Splice splice;
  private String refusal = "";
  private boolean useless;

  Clamp(RequestReader found, Splice splice) {
    this.found = found;
    this.splice = splice;
  }

  /** Why it could not be done; "" if it could. */
  String refusal() {
    return refusal;
  }

  /** Whether that is because nothing so short can be asked for. */
  boolean useless() {
    return useless;
  }

  /**
   * @param limit the most output tokens of one answer
   * @param thinkingFloor the least thinking budget the model accepts; -1 if it knows none
   */
  void lower(Place place, long limit, long thinkingFloor) {
    if (limit < place.minimum()) {
      refusal = "the provider takes no output limit below " + place.minimum();
      useless = true;
      return;
    }
    if (found.at(Ask.CONFIG).size() > 1) {
      refusal = "it has \"" + place.container() + "\" more than once";
      return;
    }
    long asked = Math.max(found.largest(Ask.LIMIT), found.largest(Ask.LIMIT_OLD));
    boolean numbers = false;
    for (Spot spot : limits()) {
      if (spot.kind() == Kind.NULL) {
        continue;
      }
      boolean unlimited = spot.value() < 0 && place.negative();
      if (spot.kind() != Kind.NUMBER || spot.value() < 0 && !unlimited) {
        refusal = "its output limit is not a whole number";
        return;
      }
      numbers = true;
      if (unlimited || spot.value() > limit) {
        splice.replace(spot.from(), spot.to(), Long.toString(limit));
      }
    }
    nulls(place, limit);
    if (!numbers && !found.has(place.slot(), Kind.NULL)) {
      insert(place, limit);
    }
    if (refusal.isEmpty() && thinkingFloor >= 0) {
      thinking(asked, limit, thinkingFloor);
    }
  }

  private List<Spot> limits() {
    List<Spot> limits = new ArrayList<>(found.at(Ask.LIMIT));
    limits.addAll(found.at(Ask.LIMIT_OLD));
    return limits;
  }

  /** A null beside a number of the same name may be the one that wins: it becomes a number too. */
  private void nulls(Place place, long limit) {
    for (Spot spot : limits()) {
      boolean wins = spot.slot() == place.slot() || found.has(spot.slot(), Kind.NUMBER);
      if (spot.kind() == Kind.NULL && wins) {
        splice.replace(spot.from(), spot.to(), Long.toString(limit));
      }
    }
  }

  private void insert(Place place, long limit) {
    String member = "\"" + place.member() + "\":" + limit;
    int root = found.at(Ask.ROOT).get(0).from();
    if (place.container().isEmpty()) {
      splice.member(root, member);
      return;
    }
    List<Spot> containers = found.at(Ask.CONFIG);
    if (containers.isEmpty()) {
      splice.member(root, "\"" + place.container() + "\":{" + member + "}");
    } else if (containers.get(0).kind() == Kind.OBJECT) {
      splice.member(containers.get(0).from(), member);
    } else if (containers.get(0).kind() == Kind.NULL) {
      splice.replace(containers.get(0).from(), containers.get(0).to(), "{" + member + "}");
    } else {
      refusal = "its \"" + place.container() + "\" is not an object";
    }
  }

  /** Thinking comes out of the same limit and has to stay below it, or the provider says 400. */
  private void thinking(long asked, long limit, long floor) {
    for (Spot spot : found.at(Ask.THINKING)) {
      if (spot.kind() != Kind.NUMBER || spot.value() < limit) {
        continue;
      }
      long room = Math.max(1, limit / 4);
      if (asked > spot.value()) {
        room = Math.min(room, asked - spot.value());
      }
      long budget = limit - room;
      if (budget < floor) {
        refusal = "its thinking budget cannot go below " + floor;
        useless = true;
        return;
      }
      splice.replace(spot.from(), spot.to(), Long.toString(budget));
    }
  }
}
