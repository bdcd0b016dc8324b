package io.belay.agent.boundary;

import static io.belay.agent.boundary.Shape.OWNED_GIVEN;
import static io.belay.agent.boundary.Shape.OWNED_RECEIVED;
import static io.belay.agent.run.As.LATER;

/**
 * Actors of Pekko and Akka: a message is its sender's, the mailbox that hands it over is nobody's.
 * What is scheduled once is the scheduler's caller's.
 */
final class PekkoBoundary implements Boundary {
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
        .in("org.apache.pekko.dispatch.Mailbox", "akka.dispatch.Mailbox")
        .noRun("run")
        .in(
            "org.apache.pekko.actor.LightArrayRevolverScheduler",
            "akka.actor.LightArrayRevolverScheduler")
        .handOff("scheduleOnce", 1, LATER, "*", "java.lang.Runnable", "*");
  }
}
