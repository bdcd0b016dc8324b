package io.belay.it.handoff;

import static io.belay.it.handoff.Cells.expect;

import io.belay.api.Belay;
import io.belay.api.RunStoppedException;
import io.belay.api.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** What must hold of objects that {@code belay.run.carry} names: {@link #NAMED}. */
final class JobShapes {
  static final String NAMED =
      "io.belay.it.handoff.JobShapes$Order,io.belay.it.handoff.JobShapes$Chore";

  private JobShapes() {}

  static Map<String, Callable<String>> all() {
    Map<String, Callable<String>> all = new LinkedHashMap<>();
    all.put("aWorkerWorksForTheRunOfWhatItTook", JobShapes::aWorkerWorksForTheRunOfWhatItTook);
    all.put("whatIsQueuedHoldsItsRun", JobShapes::whatIsQueuedHoldsItsRun);
    all.put("anInterfaceMayBeNamed", JobShapes::anInterfaceMayBeNamed);
    all.put("anotherQueueChangesNothing", JobShapes::anotherQueueChangesNothing);
    all.put("aWorkerOfARunReturnsToIt", JobShapes::aWorkerOfARunReturnsToIt);
    all.put("aWorkerWorksForTheRunOfWhatItDrained", JobShapes::aWorkerWorksForWhatItDrained);
    all.put("aBatchOfSeveralRunsIsNobodys", JobShapes::aBatchOfSeveralRunsIsNobodys);
    all.put("aDrainedJobOfAStoppedRunIsRefused", JobShapes::aDrainedJobOfAStoppedRun);
    all.put("aStoppedJobsBodyNeverStarts", JobShapes::aStoppedJobsBodyNeverStarts);
    all.put("aStoppedOrderIsRefusedAtItsBoundaries", JobShapes::aStoppedOrderIsRefused);
    all.put("aDroppedJobDoesNotHoldItsRun", JobShapes::aDroppedJobDoesNotHoldItsRun);
    NoneShapes.addTo(all);
    return all;
  }

  /** Without the agent: the worker takes and works, whatever became of the run. */
  static String control() throws Exception {
    BlockingQueue<Order> queue = new LinkedBlockingQueue<>();
    Order order = new Order();
    Cells.Begun run =
        Cells.begin(
            current -> {
              current.stop("control");
              queue.add(order);
            });
    run.entryReturned();
    Outside.does(() -> queue.remove().seen().complete("done"));
    expect("done", order.seen().get(), "the order is");
    return null;
  }

  private static String aWorkerWorksForTheRunOfWhatItTook() throws Exception {
    try (Worker worker = new Worker(new LinkedBlockingQueue<>())) {
      Order order = new Order();
      Cells.Begun run = Cells.begin(current -> worker.queue.put(new Order(order.seen())));
      expect(run.id, order.seen().get(), "the worker works for");
      run.endsAs(Status.COMPLETED);
      Order nobodys = new Order();
      worker.queue.put(nobodys);
      expect("jvm", nobodys.seen().get(), "next, the worker works for");
    }
    return null;
  }

  private static String whatIsQueuedHoldsItsRun() throws Exception {
    BlockingQueue<Object> queue = new LinkedBlockingQueue<>();
    Cells.Begun run = Cells.begin(current -> queue.put(new Order()));
    run.entryReturned();
    expect(Status.RUNNING, run.run().status(), "the run whose order is queued is");
    try (Worker worker = new Worker(queue)) {
      run.endsAs(Status.COMPLETED);
    }
    return null;
  }

  private static String anInterfaceMayBeNamed() throws Exception {
    try (Worker worker = new Worker(new SynchronousQueue<>())) {
      CompletableFuture<String> seen = new CompletableFuture<>();
      Cells.Begun run = Cells.begin(current -> worker.queue.put(new Errand(seen)));
      expect(run.id, seen.get(), "the worker works for");
      run.endsAs(Status.COMPLETED);
    }
    return null;
  }

  private static String anotherQueueChangesNothing() throws Exception {
    BlockingQueue<Object> orders = new LinkedBlockingQueue<>();
    BlockingQueue<Object> chunks = new LinkedBlockingQueue<>();
    CompletableFuture<String> seen = new CompletableFuture<>();
    Cells.Begun run = Cells.begin(current -> orders.put(new Order()));
    run.entryReturned();
    chunks.put("chunk");
    Outside.does(
        () -> {
          orders.poll();
          chunks.poll();
          seen.complete(own());
          orders.poll();
        });
    expect(run.id, seen.get(), "between two chunks the worker works for");
    run.endsAs(Status.COMPLETED);
    return null;
  }

  private static String aWorkerOfARunReturnsToIt() throws Exception {
    BlockingQueue<Object> orders = new LinkedBlockingQueue<>();
    Cells.Begun run = Cells.begin(current -> orders.put(new Order()));
    run.entryReturned();
    CompletableFuture<String> seen = new CompletableFuture<>();
    Cells.Begun worker =
        Cells.begin(
            current -> {
              orders.poll();
              String meanwhile = own();
              orders.poll();
              seen.complete(meanwhile + ", then " + own());
            });
    expect(run.id + ", then " + worker.id, seen.get(), "the worker works for");
    run.endsAs(Status.COMPLETED);
    worker.endsAs(Status.COMPLETED);

    Cells.Begun another = Cells.begin(current -> orders.put(new Order()));
    another.entryReturned();
    Cells.Begun once = Cells.begin(current -> orders.poll());
    once.endsAs(Status.COMPLETED);
    another.endsAs(Status.COMPLETED); // Its worker never asked for more.
    return null;
  }

  private static String aWorkerWorksForWhatItDrained() throws Exception {
    for (BlockingQueue<Object> orders :
        List.of(
            new LinkedBlockingQueue<>(),
            new ArrayBlockingQueue<>(2),
            new LinkedBlockingDeque<>(),
            new LinkedTransferQueue<>())) {
      Cells.Begun run =
          Cells.begin(
              current -> {
                orders.add(new Order());
                orders.add(new Order());
              });
      run.entryReturned();
      CompletableFuture<String> seen = new CompletableFuture<>();
      CompletableFuture<String> after = new CompletableFuture<>();
      CountDownLatch looked = new CountDownLatch(1);
      Outside.does(
          () -> {
            List<Object> batch = new ArrayList<>();
            orders.drainTo(batch, 2);
            seen.complete(batch.size() + " for " + own());
            try {
              looked.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            orders.drainTo(batch);
            after.complete(own());
          });
      String where = orders.getClass().getSimpleName() + ": ";
      expect("2 for " + run.id, seen.get(), where + "the worker drained");
      expect(Status.RUNNING, run.run().status(), where + "the run that is worked for is");
      looked.countDown();
      expect("jvm", after.get(), where + "with nothing left the worker works for");
      run.endsAs(Status.COMPLETED);
    }
    return null;
  }

  private static String aBatchOfSeveralRunsIsNobodys() throws Exception {
    BlockingQueue<Object> chores = new LinkedBlockingQueue<>();
    Errand one = new Errand(new CompletableFuture<>());
    Errand other = new Errand(new CompletableFuture<>());
    Cells.Begun first = Cells.begin(current -> chores.put(one));
    first.entryReturned();
    Cells.Begun second = Cells.begin(current -> chores.put(other));
    second.entryReturned();
    CompletableFuture<String> between = new CompletableFuture<>();
    Outside.does(
        () -> {
          List<Object> batch = new ArrayList<>();
          chores.drainTo(batch);
          between.complete(own());
          batch.forEach(chore -> ((Errand) chore).run());
        });
    expect("jvm", between.get(), "with orders of two runs the worker works for");
    expect(first.id, one.seen.get(), "the first one's own method works for");
    expect(second.id, other.seen.get(), "the second one's own method works for");
    first.endsAs(Status.COMPLETED);
    second.endsAs(Status.COMPLETED);
    return null;
  }

  private static String aDrainedJobOfAStoppedRun() throws Exception {
    BlockingQueue<Object> chores = new LinkedBlockingQueue<>();
    Errand errand = new Errand(new CompletableFuture<>());
    CompletableFuture<Object> queued = new CompletableFuture<>();
    CountDownLatch stopped = new CountDownLatch(1);
    Cells.Begun run =
        Cells.begin(
            current -> {
              chores.put(errand);
              queued.complete("");
              stopped.await();
            });
    queued.get();
    run.run().stop("while it is queued");
    run.endsAs(Status.STOPPED);
    CompletableFuture<String> met = new CompletableFuture<>();
    Outside.does(
        () -> {
          chores.drainTo(new ArrayList<>());
          try {
            Belay.current().check();
            met.complete("nothing");
          } catch (RunStoppedException refusal) {
            met.complete(refusal.runId());
          }
          chores.poll();
        });
    expect(run.id, met.get(), "the boundary refuses");
    stopped.countDown();
    return null;
  }

  private static String aStoppedJobsBodyNeverStarts() throws Exception {
    Errand errand = new Errand(new CompletableFuture<>());
    CompletableFuture<Errand> made = new CompletableFuture<>();
    CountDownLatch stopped = new CountDownLatch(1);
    BlockingQueue<Object> held = new LinkedBlockingQueue<>();
    Cells.Begun run =
        Cells.begin(
            current -> {
              held.put(errand);
              made.complete(errand);
              stopped.await();
            });
    made.get();
    run.run().stop("before it is begun");
    run.endsAs(Status.STOPPED);
    CompletableFuture<Object> done = new CompletableFuture<>();
    Outside.does(
        () -> {
          errand.run();
          done.complete("");
        });
    done.get();
    expect(false, errand.begun.get(), "begun:");
    stopped.countDown();
    return null;
  }

  private static String aStoppedOrderIsRefused() throws Exception {
    BlockingQueue<Object> orders = new LinkedBlockingQueue<>();
    CountDownLatch stopped = new CountDownLatch(1);
    CompletableFuture<Object> queued = new CompletableFuture<>();
    Cells.Begun run =
        Cells.begin(
            current -> {
              orders.put(new Order());
              queued.complete("");
              stopped.await();
            });
    queued.get();
    run.run().stop("while it is queued");
    run.endsAs(Status.STOPPED);
    CompletableFuture<String> met = new CompletableFuture<>();
    Outside.does(
        () -> {
          orders.poll();
          try {
            Belay.current().check();
            met.complete("nothing");
          } catch (RunStoppedException refusal) {
            met.complete(refusal.runId());
          }
          orders.poll();
        });
    expect(run.id, met.get(), "the boundary refuses");
    stopped.countDown();
    return null;
  }

  private static String aDroppedJobDoesNotHoldItsRun() throws Exception {
    Cells.Begun run = Cells.begin(current -> new Order());
    Cells.await(
        "the run ends when its order is collected",
        () -> {
          System.gc();
          try {
            return run.run().status() == Status.COMPLETED;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
    return null;
  }

  private static String own() {
    return Belay.current().id();
  }

  /** What an application has worked on, and knows nothing of threads. */
  record Order(CompletableFuture<String> seen) {
    Order() {
      this(new CompletableFuture<>());
    }
  }

  /** A type that only says that something is to be done. */
  interface Chore extends Runnable {}

  private static final class Errand implements Chore {
    final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<String> seen;

    Errand(CompletableFuture<String> seen) {
      this.seen = seen;
    }

    @Override
    public void run() {
      begun.set(true);
      seen.complete(own());
    }
  }

  /** A long-lived thread of the application's that was there before any run. */
  private static final class Worker implements AutoCloseable {
    final BlockingQueue<Object> queue;
    private final Thread thread;

    Worker(BlockingQueue<Object> queue) {
      this.queue = queue;
      this.thread = Outside.thread(this::work);
    }

    private void work() {
      for (; ; ) {
        try {
          Object next = queue.take();
          if (next instanceof Order order) {
            order.seen().complete(own());
          } else if (next instanceof Runnable task) {
            task.run();
          } else {
            return;
          }
        } catch (InterruptedException again) {
          continue;
        }
      }
    }

    @Override
    public void close() throws InterruptedException {
      queue.put("no more");
      thread.join();
    }
  }
}
