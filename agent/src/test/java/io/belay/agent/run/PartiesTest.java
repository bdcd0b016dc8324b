package io.belay.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Among how many threads what is left is shared. */
@Timeout(60)
class PartiesTest {
  private final Bench bench = new Bench();
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    over.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void atWork(Run run, String name) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              Work work = new Work(run);
              work.join();
              work.begin(Carrier.slot());
              begun.countDown();
              try {
                over.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              work.doneBy(Carrier.slot());
            },
            name);
    threads.add(thread);
    thread.start();
    begun.await();
  }

  @Test
  void whoBringsAnswersIsNoneOfThem() throws InterruptedException {
    Frame frame = bench.open("a");
    Run run = bench.run("a");
    assertEquals(1, Ledger.parties(run));
    atWork(run, "HttpClient-1-Worker-0");
    assertEquals(1, Ledger.parties(run));
    atWork(run, "pool-1-thread-1");
    assertEquals(2, Ledger.parties(run));
    frame.exit(null, null);
  }
}
