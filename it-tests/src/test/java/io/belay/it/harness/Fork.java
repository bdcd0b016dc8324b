package io.belay.it.harness;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The main class of a forked JVM: does what the test's {@link Jvm} writes to its standard input,
 * one line a command, and answers on standard output in lines that begin with {@link #MARK}.
 */
final class Fork {
  static final String MARK = "@it\t";
  private static final OutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private Fork() {}

  public static void main(String[] ignored) throws IOException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    say("ready");
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      List<String> words = Script.split(line);
      String[] rest = words.subList(1, words.size()).toArray(String[]::new);
      switch (words.get(0)) {
        case "cue" -> Script.hear(rest[0], rest[1]);
        case "run" -> new Thread(() -> run(rest), "app-" + rest[0]).start();
        case "call" -> new Thread(() -> call(rest), "app-" + rest[0]).start();
        default -> new Thread(() -> answer(words.get(0), rest), "it-" + rest[0]).start();
      }
    }
    Runtime.getRuntime().halt(0); // The test has gone; so does everything that still runs here.
  }

  private static void run(String[] words) {
    guarded(
        words[0],
        () -> {
          App app = app(words[1]);
          String[] args = Arrays.copyOfRange(words, 3, words.length);
          return words[2].isEmpty() ? app.run(args) : Entry.run(words[2], app, args);
        });
  }

  private static void call(String[] words) {
    guarded(words[0], () -> app(words[1]).run(Arrays.copyOfRange(words, 2, words.length)));
  }

  private static App app(String name) throws ReflectiveOperationException {
    Constructor<? extends App> made =
        Class.forName(name).asSubclass(App.class).getDeclaredConstructor();
    made.setAccessible(true);
    return made.newInstance();
  }

  private static void answer(String command, String[] words) {
    guarded(words[0], () -> Probe.answer(command));
  }

  private interface Task {
    String call() throws Exception;
  }

  private static void guarded(String number, Task task) {
    try {
      say("done", number, task.call());
    } catch (Throwable thrown) {
      StringBuilder causes = new StringBuilder();
      for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
        causes.append(cause.getClass().getName()).append(": ").append(cause.getMessage());
        causes.append('\n');
      }
      StringBuilder stack = new StringBuilder();
      for (StackTraceElement frame : thrown.getStackTrace()) {
        stack.append(frame).append('\n');
      }
      say("threw", number, causes.toString(), stack.toString());
    }
  }

  static void say(String... words) {
    byte[] line = ('\n' + MARK + Script.join(words) + '\n').getBytes(StandardCharsets.UTF_8);
    synchronized (OUT) {
      try {
        OUT.write(line);
      } catch (IOException testHasGone) {
        Runtime.getRuntime().halt(0);
      }
    }
  }
}
