package io.belay.it.start;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Hands work to another thread: the JDK's own classes are woven for that. */
final class Worker {
  private Worker() {}

  public static void main(String[] args) throws Exception {
    System.out.println(work("run-1"));
  }

  static String work(String id) throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      return pool.submit(() -> "done " + id).get();
    } finally {
      pool.shutdown();
    }
  }
}
