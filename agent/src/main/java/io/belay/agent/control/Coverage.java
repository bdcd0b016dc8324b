package io.belay.agent.control;

import io.belay.agent.run.Site;
import java.util.ArrayList;
import java.util.List;

/** What of the application passes the gate, and what of it does not. */
public interface Coverage {
  /**
   * A declared call site.
   *
   * @param site type and method
   * @param woven into how many methods
   * @param hits about how often it was reached
   * @param library the library it is in; empty when not known
   * @param version the library's version; empty when not known
   */
  record Covered(
      String boundary, String site, int woven, long hits, String library, String version) {}

  /** A library that is loaded but does not pass the gate, and why. */
  record Missed(String library, String version, String why) {}

  /** The sites, boundary by boundary. */
  List<Covered> covered();

  /** Known libraries that are loaded and not covered. */
  List<Missed> missed();

  /** What the sites tell by themselves. */
  static Coverage of(Site[] sites) {
    List<Covered> rows = new ArrayList<>();
    for (Site site : sites) {
      rows.add(new Covered(site.boundary(), site.label(), site.woven(), site.hits(), "", ""));
    }
    return new Coverage() {
      @Override
      public List<Covered> covered() {
        return rows;
      }

      @Override
      public List<Missed> missed() {
        return List.of();
      }
    };
  }
}
