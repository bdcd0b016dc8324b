package io.belay.it.handoff;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A pool with one worker and room for one task, or as much as its queue has. */
final class FullPool extends ThreadPoolExecutor implements AutoCloseable {
  private final Blocker blocker = new Blocker();

  FullPool(RejectedExecutionHandler handler) {
    this(new ArrayBlockingQueue<>(1), handler);
  }

  FullPool(BlockingQueue<Runnable> queue, RejectedExecutionHandler handler) {
    super(1, 1, 1, TimeUnit.HOURS, queue, handler);
  }

  static ThreadPoolExecutor plain() {
    return new ThreadPoolExecutor(1, 1, 1, TimeUnit.HOURS, new LinkedBlockingQueue<>());
  }

  void occupy() throws InterruptedException {
    execute(blocker);
    blocker.begun.await();
  }

  void occupyCompared() throws Exception {
    Cells.await("the pool is idle", () -> getCompletedTaskCount() == 1);
    occupy();
  }

  void fill() throws InterruptedException {
    occupy();
    execute(() -> {});
  }

  void release() {
    blocker.release.countDown();
  }

  @Override
  public void close() {
    release();
    shutdown();
  }

  /** Holds its worker until it is let go. */
  private static final class Blocker implements Runnable, Comparable<Runnable> {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);

    @Override
    public void run() {
      begun.countDown();
      while (release.getCount() > 0) {
        try {
          release.await();
        } catch (InterruptedException again) {
          continue;
        }
      }
    }

    @Override
    public int compareTo(Runnable other) {
      return -1;
    }
  }
}
