package io.belay.agent.cli;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A process that somebody names, looked at before it is spoken to: attaching begins with a signal,
 * {@code SIGQUIT}, which ends a process that is no JVM.
 */
record Candidate(long pid) {
  private static final int SIGQUIT = 3;

  static Candidate of(String pid) {
    try {
      return new Candidate(Long.parseUnsignedLong(pid));
    } catch (NumberFormatException e) {
      throw new Failure(
          Failure.USAGE, "'" + pid + "' is no process id; ps lists the JVMs with Belay in them");
    }
  }

  /** Makes sure that it can be spoken to, or says why not. */
  void check() {
    ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    if (process == null || !process.isAlive()) {
      throw new Failure(Failure.FAILED, "there is no process " + pid);
    }
    if (pid == ProcessHandle.current().pid()) {
      throw new Failure(Failure.FAILED, pid + " is this command itself");
    }
    String owner = process.info().user().orElse("");
    String self = ProcessHandle.current().info().user().orElse("");
    if (!owner.isEmpty() && !self.isEmpty() && !owner.equals(self) && !self.equals("root")) {
      throw new Failure(
          Failure.FAILED,
          "process "
              + pid
              + " is of the user "
              + owner
              + ", and you are "
              + self
              + ": a JVM can"
              + " be attached to by its own user and by root only");
    }
    if (!hearsQuit()) {
      throw new Failure(
          Failure.FAILED,
          "process "
              + pid
              + " is no JVM that can be attached to: it does not handle the signal"
              + " that attaching begins with (a JVM started with -Xrs does not either)");
    }
    if (commandLine().contains("+DisableAttachMechanism")) {
      throw new Failure(
          Failure.FAILED,
          "JVM "
              + pid
              + " was started with -XX:+DisableAttachMechanism, so no tool may attach to"
              + " it; use its control plane (belay.http.port) or JMX");
    }
  }

  /** Linux tells which signals a process handles; elsewhere it is believed. */
  boolean hearsQuit() {
    try (BufferedReader status =
        new BufferedReader(new FileReader("/proc/" + pid + "/status", StandardCharsets.US_ASCII))) {
      for (String line = status.readLine(); line != null; line = status.readLine()) {
        if (line.startsWith("SigCgt:")) {
          long caught = Long.parseUnsignedLong(line.substring(7).strip(), 16);
          return (caught & 1L << (SIGQUIT - 1)) != 0;
        }
      }
    } catch (IOException | NumberFormatException elsewhere) {
      return true;
    }
    return true;
  }

  private String commandLine() {
    try (FileInputStream in = new FileInputStream("/proc/" + pid + "/cmdline")) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException elsewhere) {
      return "";
    }
  }

  /** Whether it lives, as far as can be seen. */
  static boolean isAlive(long pid) {
    @Nullable ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    return process != null && process.isAlive();
  }
}
