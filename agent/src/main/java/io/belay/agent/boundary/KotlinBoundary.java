package io.belay.agent.boundary;

import static io.belay.agent.boundary.Shape.OWNED_DONE;
import static io.belay.agent.boundary.Shape.OWNED_ENDED;
import static io.belay.agent.boundary.Shape.OWNED_HELD;
import static io.belay.agent.boundary.Shape.OWNED_MADE;

/**
 * Kotlin coroutines: a coroutine is its launcher's, whoever resumes it. Its run lasts as long as it
 * does, suspended or not; a stop cancels it, as does a refusal, which is a cancellation.
 */
final class KotlinBoundary implements Boundary {
  @Override
  public String name() {
    return "kotlin-coroutines";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .atFirstRun()
        .in("kotlinx.coroutines.AbstractCoroutine")
        .moment(OWNED_HELD, "<init>", 3)
        .abort("cancel")
        .moment(OWNED_ENDED, "onCompletionInternal", 1)
        .in("kotlinx.coroutines.DispatchedTask")
        .moment(OWNED_MADE, "<init>", 1)
        .moment(OWNED_DONE, "run", 0)
        // Workers serve whoever comes.
        .in("kotlinx.coroutines.scheduling.CoroutineScheduler")
        .noRun("createNewWorker")
        .in("kotlinx.coroutines.DefaultExecutor")
        .noRun("createThreadSync");
  }
}
