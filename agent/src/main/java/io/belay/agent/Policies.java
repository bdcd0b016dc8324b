package io.belay.agent;

import io.belay.agent.rule.AllowRule;
import io.belay.agent.rule.Mode;
import io.belay.agent.run.Kind;
import io.belay.agent.run.Policy;
import io.belay.agent.run.SqlSite;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** Hands what was configured about stopping to those who decide by it. */
final class Policies {
  private Policies() {}

  static Policy of(Settings settings) {
    Map<Kind, Long> grace = new EnumMap<>(Kind.class);
    grace.put(Kind.LLM, settings.get(Keys.STOP_GRACE_LLM).toNanos());
    grace.put(Kind.HTTP, settings.get(Keys.STOP_GRACE_HTTP).toNanos());
    grace.put(Kind.SQL, settings.get(Keys.STOP_GRACE_SQL).toNanos());
    grace.put(Kind.PROCESS, 0L);
    List<BiPredicate<Kind, String>> allow = new ArrayList<>();
    for (AllowRule rule : settings.get(Keys.ALLOW)) {
      // A statement that may pass needs a connection to pass on.
      boolean sql = rule.text().startsWith("sql:");
      allow.add(
          (kind, text) ->
              rule.matches(kind.toString(), text)
                  || sql && kind == Kind.SQL && text.equals(SqlSite.CONNECT));
    }
    return new Policy(
        settings.get(Keys.MODE) == Mode.ENFORCE,
        settings.get(Keys.STOP_WAKE),
        grace,
        settings.get(Keys.STOP_GRACE_HTTP_WRITE).toNanos(),
        settings.get(Keys.SHIELD_TIMEOUT).toNanos(),
        List.copyOf(allow),
        settings.get(Keys.RUNS_KEEP));
  }
}
