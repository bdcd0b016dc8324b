package io.belay.agent;

import io.belay.agent.control.About.Finding;
import io.belay.agent.rule.MethodPattern;
import io.belay.agent.run.Observed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What works in this JVM and what does not, for whoever asks. */
final class Findings {
  private final Assembly assembly;
  private final Parts parts;
  private final List<Finding> all = new ArrayList<>();

  private Findings(Assembly assembly, Parts parts) {
    this.assembly = assembly;
    this.parts = parts;
  }

  static List<Finding> of(Assembly assembly, Parts parts) {
    Findings findings = new Findings(assembly, parts);
    findings.observing();
    findings.handOvers();
    findings.disconnects();
    findings.entryPoints();
    findings.weaving();
    findings.faults();
    findings.otherAgents();
    return findings.all;
  }

  private void add(String topic, boolean good, String text) {
    all.add(new Finding(topic, good, text));
  }

  private void observing() {
    Observed observed = parts.runs().observed();
    if (observed.isOn()) {
      add("observing", true, "nothing is enforced; Belay " + observed.sentence());
    }
  }

  private void handOvers() {
    List<String> failed = parts.coverage().failedTests();
    if (failed == null) {
      add("hand-overs", true, "not tried yet; they are when the first run begins");
    } else if (failed.isEmpty()) {
      add("hand-overs", true, "each was tried in this JVM and carries the run");
    } else {
      add("hand-overs", false, "these do not carry runs here: " + String.join(", ", failed));
    }
  }

  private void disconnects() {
    if (!assembly.settings().get(Keys.RUN_HTTP)) {
      add("disconnects", true, "not looked for, since belay.run.http is off");
    } else if (NetPoll.of(assembly.instrumentation) == null) {
      add(
          "disconnects",
          false,
          "this system does not tell that a client has left; it shows when a write fails");
    } else {
      add("disconnects", true, "a client that leaves is noticed while its request runs");
    }
  }

  private void entryPoints() {
    for (MethodPattern pattern : assembly.settings().get(Keys.RUN_ENTRYPOINTS)) {
      int woven = 0;
      for (Coverage.Row row : parts.coverage().rows()) {
        woven +=
            row.boundary().equals("entrypoint") && row.site().equals(pattern.text())
                ? row.woven()
                : 0;
      }
      @Nullable String why =
          woven > 0 ? null : Misnamed.inLoaded(pattern, Loaded.classes(assembly.instrumentation));
      add(
          "entry point",
          woven > 0,
          why != null
              ? why
              : pattern.text()
                  + (woven > 0
                      ? " is woven into " + woven + (woven == 1 ? " method" : " methods")
                      : " matches no method of a class that has been loaded so far"));
    }
  }

  private void weaving() {
    for (Coverage.Row row : parts.coverage().rows()) {
      if (!row.failure().isEmpty()) {
        add("weaving", false, row.boundary() + ", " + row.site() + ": " + row.failure());
      }
    }
  }

  private void faults() {
    long faults = parts.runs().gatekeeper().faults();
    add(
        "faults",
        faults == 0,
        faults == 0
            ? "none of Belay's own"
            : faults + " of Belay's own, survived; each kind is logged once");
  }

  private void otherAgents() {
    String location =
        BelayAgent.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    String own = location.substring(location.lastIndexOf('/') + 1);
    List<String> others = new ArrayList<>();
    for (String word : new AgentProperties(assembly.instrumentation).arguments().split(" ")) {
      boolean agent = word.startsWith("-javaagent:") || word.startsWith("-agentpath:");
      if ((agent || word.startsWith("-agentlib:")) && !word.contains(own)) {
        int options = word.indexOf('=');
        others.add(options < 0 ? word : word.substring(0, options));
      }
    }
    if (!others.isEmpty()) {
      add("other agents", true, String.join(", ", others));
    }
  }
}
