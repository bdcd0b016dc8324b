package io.belay.agent.boundary;

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
        .ownedHeld("<init>", 3)
        .abort("cancel")
        .ownedEnded("onCompletionInternal", 1)
        .in("kotlinx.coroutines.DispatchedTask")
        .ownedMade("<init>", 1)
        .ownedDone("run", 0)
        // Workers serve whoever comes.
        .in("kotlinx.coroutines.scheduling.CoroutineScheduler")
        .noRun("createNewWorker")
        .in("kotlinx.coroutines.DefaultExecutor")
        .noRun("createThreadSync");
  }
}
