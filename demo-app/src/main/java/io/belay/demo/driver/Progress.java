package io.belay.demo.driver;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Says what is going on, one line at a time, with the seconds since the driver began. */
final class Progress {
  private final PrintStream out;
  private final long begin = System.nanoTime();

  Progress(PrintStream out) {
    this.out = out;
  }

  void heading(String text) {
    out.println(text);
  }

  void say(String text) {
    double seconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) / 1000.0;
    out.printf(Locale.ROOT, "  %5.1f s  %s%n", seconds, text);
    out.flush();
  }
}
