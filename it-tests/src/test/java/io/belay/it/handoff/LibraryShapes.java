package io.belay.it.handoff;

import static io.belay.it.handoff.Cells.expect;

import io.belay.api.Belay;
import io.belay.api.Status;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor.AbortPolicy;
import org.apache.acme.Exchange;

/**
 * What must hold of tasks and threads of a library's own class that is no shared infrastructure.
 */
final class LibraryShapes {
  private LibraryShapes() {}

  static void addTo(Map<String, Callable<String>> all) {
    all.put("aThreadOfALibraryIsItsStarters", LibraryShapes::aThreadOfALibraryIsItsStarters);
    all.put("aTaskOfALibraryIsItsGivers", LibraryShapes::aTaskOfALibraryIsItsGivers);
    all.put("aLibrarysQueuedTaskNeverStarts", LibraryShapes::aLibrarysQueuedTaskNeverStarts);
  }

  /** Without the agent: the thread waits on, and the task is done, although their run stopped. */
  static String control() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<String> thread = new CompletableFuture<>();
    CompletableFuture<String> queued = new CompletableFuture<>();
    try (FullPool pool = new FullPool(new LinkedBlockingQueue<>(), new AbortPolicy())) {
      pool.occupy();
      Cells.Begun run =
          Cells.begin(
              current -> {
                new Thread(new Exchange(() -> thread.complete(waitFor(release)))).start();
                pool.execute(new Exchange(() -> queued.complete("done")));
                current.stop("control");
              });
      run.entryReturned();
      pool.release();
      expect("done", queued.get(), "the queued task is");
      release.countDown();
      expect("waited to the end", thread.get(), "the thread");
    }
    return null;
  }

  private static String aThreadOfALibraryIsItsStarters() throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    CompletableFuture<String> ended = new CompletableFuture<>();
    Cells.Begun run =
        Cells.begin(
            current ->
                new Thread(
                        new Exchange(
                            () -> {
                              seen.complete(Belay.current().id());
                              ended.complete(waitFor(new CountDownLatch(1)));
                            }))
                    .start());
    expect(run.id, seen.get(), "the thread works for");
    run.run().stop("while it waits");
    expect("was woken", ended.get(), "the thread");
    run.endsAs(Status.STOPPED);
    return null;
  }

  private static String aTaskOfALibraryIsItsGivers() throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    Executor own = new OwnThread();
    Cells.Begun run =
        Cells.begin(
            current -> own.execute(new Exchange(() -> seen.complete(Belay.current().id()))));
    expect(run.id, seen.get(), "in an executor of the application's own it works for");
    run.endsAs(Status.COMPLETED);
    return null;
  }

  private static String aLibrarysQueuedTaskNeverStarts() throws Exception {
    CompletableFuture<String> started = new CompletableFuture<>();
    try (FullPool pool = new FullPool(new LinkedBlockingQueue<>(), new AbortPolicy())) {
      pool.occupy();
      Cells.Begun run =
          Cells.begin(current -> pool.execute(new Exchange(() -> started.complete("is started"))));
      run.entryReturned();
      run.run().stop("while it is queued");
      run.endsAs(Status.STOPPED);
      Cells.await("its place is free", () -> pool.getQueue().isEmpty());
      pool.release();
      pool.submit(() -> started.complete("never starts")).get();
      expect("never starts", started.get(), "the queued task");
    }
    return null;
  }

  private static String waitFor(CountDownLatch latch) {
    try {
      latch.await();
      return "waited to the end";
    } catch (InterruptedException woken) {
      return "was woken";
    }
  }

  /** Hands over by means that are not the JDK's. */
  private static final class OwnThread implements Executor {
    @Override
    public void execute(Runnable task) {
      Outside.does(task);
    }
  }
}
