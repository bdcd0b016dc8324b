package io.belay.agent.boundary;

/**
 * What is woven for {@code belay.run.carry}, and only when that names a type: the JDK's queues, and
 * the methods by which such an object does its own work.
 */
public final class JobMethods {
  private static final String[] QUEUES = {
    "java.util.concurrent.LinkedBlockingQueue",
    "java.util.concurrent.ArrayBlockingQueue",
    "java.util.concurrent.LinkedBlockingDeque",
    "java.util.concurrent.PriorityBlockingQueue",
    "java.util.concurrent.DelayQueue",
    "java.util.concurrent.SynchronousQueue",
    "java.util.concurrent.LinkedTransferQueue",
    "java.util.concurrent.ConcurrentLinkedQueue",
    "java.util.concurrent.ConcurrentLinkedDeque",
  };

  private JobMethods() {}

  /** The constructors of the classes that a pattern names; an interface has none. */
  public static Sites constructors() {
    return new Sites("carry").moment(Shape.JOB_MADE, "<init>", -1).optional();
  }

  /** Everything else. */
  public static Sites all() {
    // Not as late as the other hand-overs: a worker may wait in a queue from the start.
    Sites sites = new Sites("carry").in(QUEUES);
    for (String put : new String[] {"put", "offer", "add", "addFirst", "offerFirst", "transfer"}) {
      sites.moment(Shape.JOB_QUEUED, put, -1).optional();
    }
    for (String take : new String[] {"take", "poll", "takeFirst", "takeLast"}) {
      sites.moment(Shape.JOB_TAKEN, take, -1).optional();
    }
    for (String poll : new String[] {"pollFirst", "pollLast"}) {
      sites.moment(Shape.JOB_TAKEN, poll, -1).optional();
    }
    sites.moment(Shape.JOB_DRAINED, "drainTo", -1).optional();
    sites.inDiscovered("jobs");
    sites.moment(Shape.JOB_RUN, "run", 0).optional();
    sites.moment(Shape.JOB_CALLED, "call", 0).optional();
    for (String work : new String[] {"execute", "process", "perform", "handle"}) {
      sites.moment(Shape.JOB_WORKED_ON, work, -1).optional();
    }
    return sites;
  }
}
