package io.belay.it.handoff;

import static io.belay.it.handoff.Cells.expect;

import io.belay.api.Belay;
import io.belay.api.RunStoppedException;
import io.belay.api.Status;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor.AbortPolicy;

/** What must hold of a method and of a type that {@code belay.run.none} names: {@link #NAMED}. */
final class NoneShapes {
  static final String NAMED =
      "io.belay.it.handoff.NoneShapes$Filler#fill,io.belay.it.handoff.NoneShapes$Sweeper";

  private NoneShapes() {}

  static void addTo(Map<String, Callable<String>> all) {
    all.put("aNamedMethodWorksForNobody", NoneShapes::aNamedMethodWorksForNobody);
    all.put("whatANamedMethodStartsIsNobodys", NoneShapes::whatANamedMethodStartsIsNobodys);
    all.put("aNamedMethodIsNotRefused", NoneShapes::aNamedMethodIsNotRefused);
    all.put("aThreadOfANamedTypeIsNobodys", NoneShapes::aThreadOfANamedTypeIsNobodys);
    all.put("aTaskOfANamedTypeIsNobodys", NoneShapes::aTaskOfANamedTypeIsNobodys);
  }

  private static String aNamedMethodWorksForNobody() throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    Cells.Begun run =
        Cells.begin(
            current -> {
              Filler filler = new Filler();
              String inside = filler.fill(Belay::current).id();
              String neighbour = filler.other(Belay::current).id();
              try {
                filler.fill(
                    () -> {
                      throw new IllegalStateException("expected");
                    });
              } catch (IllegalStateException expected) {
                seen.complete(inside + ", " + neighbour + ", " + Belay.current().id());
              }
            });
    expect("jvm, " + run.id + ", " + run.id, seen.get(), "inside, beside and after it works for");
    run.endsAs(Status.COMPLETED);
    return null;
  }

  private static String whatANamedMethodStartsIsNobodys() throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    Cells.Begun run =
        Cells.begin(
            current ->
                new Filler()
                    .fill(
                        () -> {
                          new Thread(() -> seen.complete(Belay.current().id())).start();
                          return null;
                        }));
    expect("jvm", seen.get(), "a thread that was started inside works for");
    run.endsAs(Status.COMPLETED);
    return null;
  }

  private static String aNamedMethodIsNotRefused() throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    Cells.Begun run =
        Cells.begin(
            current -> {
              current.stop("before it fills");
              Filler filler = new Filler();
              seen.complete(filler.fill(NoneShapes::met) + ", " + filler.other(NoneShapes::met));
            });
    expect("nothing, a refusal", seen.get(), "inside and beside it, a boundary meets");
    run.endsAs(Status.STOPPED);
    return null;
  }

  private static String aThreadOfANamedTypeIsNobodys() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Sweeper sweeper = new Sweeper(release);
    CompletableFuture<Sweeper> hired = new CompletableFuture<>();
    Cells.Begun run =
        Cells.begin(
            current -> {
              new Thread(sweeper).start();
              hired.complete(new Sweeper(release, "hires"));
            });
    run.endsAs(Status.COMPLETED); // Although both threads, which are no daemons, go on.
    release.countDown();
    expect("jvm", sweeper.seen.get(), "a thread that does it works for");
    expect("jvm", hired.get().seen.get(), "a thread that its constructor starts works for");
    return null;
  }

  private static String aTaskOfANamedTypeIsNobodys() throws Exception {
    Sweeper queued = new Sweeper(new CountDownLatch(0));
    Sweeper future = new Sweeper(new CountDownLatch(0));
    try (FullPool pool = new FullPool(new LinkedBlockingQueue<>(), new AbortPolicy())) {
      pool.occupy();
      Cells.Begun run =
          Cells.begin(
              current -> {
                pool.execute(queued);
                CompletableFuture.runAsync(future, pool);
                current.stop("while they are queued");
              });
      run.endsAs(Status.STOPPED);
      pool.release();
      expect("jvm", queued.seen.get(), "it is done after the stop, and works for");
      expect("jvm", future.seen.get(), "in a future it is done after the stop, and works for");
    }
    return null;
  }

  private static String met() {
    try {
      Belay.current().check();
      return "nothing";
    } catch (RunStoppedException refusal) {
      return "a refusal";
    }
  }

  /** Shared infrastructure of an application's own. */
  private static final class Filler {
    <T> T fill(Callable<T> how) throws Exception {
      return how.call();
    }

    <T> T other(Callable<T> how) throws Exception {
      return how.call();
    }
  }

  /** A task that serves whoever comes. */
  private static class Sweeper implements Runnable {
    final CompletableFuture<String> seen = new CompletableFuture<>();
    private final CountDownLatch release;

    Sweeper(CountDownLatch release) {
      this.release = release;
    }

    Sweeper(CountDownLatch release, String name) {
      this(release);
      new Thread(() -> run(), name).start();
    }

    @Override
    public void run() {
      try {
        release.await();
        seen.complete(Belay.current().id());
      } catch (InterruptedException woken) {
        seen.completeExceptionally(woken);
      }
    }
  }
}
