package io.belay.agent.boundary;

/**
 * Reactor 3.4 to 3.8 where a thread waits for a publisher: {@code block}, {@code blockLast}, {@code
 * toIterable}, {@code toStream}. Each makes an error of its own of an interrupt.
 */
final class ReactorBoundary implements Boundary {
  private static final String WAITS = "reactor.core.publisher.Blocking";

  @Override
  public String name() {
    return "reactor-block";
  }

  @Override
  public void declare(Sites sites) {
    sites
        .atFirstRun()
        .in(WAITS + "SingleSubscriber", WAITS + "OptionalMonoSubscriber")
        .woken("blockingGet", 0)
        .woken("blockingGet", 2)
        .in(WAITS + "Iterable$SubscriberIterator")
        .woken("hasNext", 0);
  }
}
