package io.belay.agent.boundary;

import static io.belay.agent.boundary.Shape.OWNED_GIVEN;
import static io.belay.agent.boundary.Shape.OWNED_KEPT;
import static io.belay.agent.boundary.Shape.OWNED_RECEIVED;
import static io.belay.agent.run.As.LATER;

/**
 * Actors of Pekko and Akka: a message is its sender's, also where it is put aside, the mailbox that
 * hands it over is nobody's. What is scheduled is the scheduler's caller's.
 */
final class PekkoBoundary implements Boundary {
  private static final String TASK = "java.lang.Runnable";
  private static final String TIME = "scala.concurrent.duration.FiniteDuration";

  @Override
  public String name() {
    return "pekko";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .atFirstRun()
        .in(
            "org.apache.pekko.dispatch.Dispatcher",
            "org.apache.pekko.dispatch.BalancingDispatcher",
            "akka.dispatch.Dispatcher",
            "akka.dispatch.BalancingDispatcher")
        .moment(OWNED_GIVEN, "dispatch", 2)
        // An actor that is not started yet keeps its messages, and its guardian delivers them.
        .in("org.apache.pekko.actor.UnstartedCell", "akka.actor.UnstartedCell")
        .moment(OWNED_GIVEN, "sendMessage", 1)
        .in("org.apache.pekko.actor.ActorCell", "akka.actor.ActorCell")
        .moment(OWNED_RECEIVED, "invoke", 1)
        .in("org.apache.pekko.actor.StashSupport", "akka.actor.StashSupport")
        .moment(OWNED_KEPT, "stash", 0)
        .in("org.apache.pekko.dispatch.Mailbox", "akka.dispatch.Mailbox")
        .noRun("run")
        .in(
            "org.apache.pekko.actor.LightArrayRevolverScheduler",
            "akka.actor.LightArrayRevolverScheduler")
        .handOff("scheduleOnce", 1, LATER, "*", TASK, "*")
        .recurring("schedule", 2, TIME, TIME, TASK, "*")
        .abort("cancel")
        .recurring("scheduleWithFixedDelay", 2, TIME, TIME, TASK, "*")
        .abort("cancel");
  }
}
