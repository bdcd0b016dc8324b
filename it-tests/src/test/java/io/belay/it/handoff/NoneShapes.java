package io.belay.it.handoff;

import static io.belay.it.handoff.Cells.expect;

import io.belay.api.Belay;
import io.belay.api.RunStoppedException;
import io.belay.api.Status;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** What must hold of a method that {@code belay.run.none} names: {@link #NAMED}. */
final class NoneShapes {
  static final String NAMED = "io.belay.it.handoff.NoneShapes$Filler#fill";

  private NoneShapes() {}

  static void addTo(Map<String, Callable<String>> all) {
    all.put("aNamedMethodWorksForNobody", NoneShapes::aNamedMethodWorksForNobody);
    all.put("whatANamedMethodStartsIsNobodys", NoneShapes::whatANamedMethodStartsIsNobodys);
    all.put("aNamedMethodIsNotRefused", NoneShapes::aNamedMethodIsNotRefused);
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
}
