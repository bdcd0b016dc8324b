package io.belay.agent.boundary;

import static io.belay.agent.run.As.BI_CONSUMER;
import static io.belay.agent.run.As.BI_FUNCTION;
import static io.belay.agent.run.As.CONSUMER;
import static io.belay.agent.run.As.FUNCTION;
import static io.belay.agent.run.As.LISTENER;
import static io.belay.agent.run.As.RUNNABLE;
import static io.belay.agent.run.As.SUPPLIER;

/**
 * {@code CompletableFuture}: a stage belongs to the run that registered it, whoever completes the
 * future that it waits for. All public methods end in these private ones, which Java 9 to 25 share.
 */
final class CompletableFutureBoundary implements Boundary {
  @Override
  public String name() {
    return "completable-future";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .atFirstRun()
        .in("java.util.concurrent.CompletableFuture")
        .handOffOwned("asyncSupplyStage", 1, SUPPLIER, "*", "*")
        .handOffOwned("asyncRunStage", 1, RUNNABLE, "*", "*")
        .handOff("completeAsync", 0, SUPPLIER, "*", "*")
        .handOff("uniApplyStage", 1, FUNCTION, "*", "*")
        .handOff("uniAcceptStage", 1, CONSUMER, "*", "*")
        .handOff("uniRunStage", 1, LISTENER, "*", "*")
        .handOff("uniWhenCompleteStage", 1, BI_CONSUMER, "*", "*")
        .handOff("uniHandleStage", 1, BI_FUNCTION, "*", "*")
        .handOff("uniExceptionallyStage", 1, FUNCTION, "*", "*")
        .handOff("uniComposeExceptionallyStage", 1, FUNCTION, "*", "*")
        .handOff("uniComposeStage", 1, FUNCTION, "*", "*")
        .handOff("biApplyStage", 2, BI_FUNCTION, "*", "*", "*")
        .handOff("biAcceptStage", 2, BI_CONSUMER, "*", "*", "*")
        .handOff("biRunStage", 2, LISTENER, "*", "*", "*")
        .handOff("orApplyStage", 2, FUNCTION, "*", "*", "*")
        .handOff("orAcceptStage", 2, CONSUMER, "*", "*", "*")
        .handOff("orRunStage", 2, LISTENER, "*", "*", "*")
        // What watches the clock is the JDK's own; a run does not wait for it.
        .noRun("orTimeout")
        .noRun("completeOnTimeout")
        // Dependents that carry nothing belong to no run, whoever completes.
        .noRun("postComplete")
        // join() goes on waiting when it is interrupted.
        .in("java.util.concurrent.CompletableFuture$Signaller")
        .waits("isReleasable", 0);
  }
}
