package io.belay.agent;

import io.belay.agent.boundary.Declared;
import io.belay.agent.rule.RequestPolicy;
import io.belay.agent.run.Connections;
import io.belay.agent.run.RequestSite;
import io.belay.agent.run.Requests;
import io.belay.agent.run.Runs;
import io.belay.agent.run.Site;
import java.lang.instrument.Instrumentation;

/** Turns what servers' boundaries name into sites. There is none when requests begin no run. */
final class RequestSites {
  private final Adapters adapters;
  private final Connections connections = new Connections();
  private final Requests requests;

  RequestSites(Runs runs, Adapters adapters, Settings settings, Instrumentation instrumentation) {
    this.adapters = adapters;
    RequestPolicy policy =
        new RequestPolicy(
            settings.get(Keys.RUN_HTTP_ID_FROM),
            settings.get(Keys.BUDGET_KEY_FROM),
            settings.get(Keys.RUN_HTTP_STOPPED_STATUS),
            settings.get(Keys.RUN_HTTP_ON_DISCONNECT),
            settings.get(Keys.RUN_HTTP_HALF_CLOSE));
    requests = new Requests(runs, policy, connections, NetPoll.of(instrumentation));
  }

  Site site(Declared it) {
    return new RequestSite(
        requests, connections, it.boundary(), it.label(), step(it), adapters.server(it.adapter()));
  }

  private static RequestSite.Step step(Declared it) {
    return switch (it.shape()) {
      case REQUEST -> RequestSite.Step.BEGIN;
      case RESUMED -> RequestSite.Step.RESUME;
      case EDGE -> RequestSite.Step.EDGE;
      case EDGE_OR_REQUEST -> RequestSite.Step.EDGE_OR_BEGIN;
      case COMPLETED -> RequestSite.Step.COMPLETE;
      case LEFT -> RequestSite.Step.LEAVE;
      case FAILED -> RequestSite.Step.FAIL;
      case ANSWERED -> RequestSite.Step.ANSWER;
      case FINISHED -> RequestSite.Step.FINISH;
      case ACCEPTED -> RequestSite.Step.ACCEPT;
      case UPGRADED -> RequestSite.Step.UPGRADE;
      case MESSAGE -> RequestSite.Step.MESSAGE;
      default -> throw new IllegalArgumentException(it.label() + " is not about requests");
    };
  }
}
