package io.belay.agent.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import io.belay.agent.control.LocalControl;
import java.io.IOException;
import java.util.List;
import java.util.Properties;

/**
 * Another JVM of this machine, through the JDK's attach API. The only class that names that API: a
 * Java runtime without {@code jdk.attach} never loads it.
 */
final class Jvm {
  /** A JVM that says it is there. */
  record Listed(long pid, String command) {}

  private final long pid;
  private final Patience patience;

  Jvm(long pid, Patience patience) {
    this.pid = pid;
    this.patience = patience;
  }

  /** Those of this user that share their performance data, as the JVM does unless told not to. */
  static List<Listed> all() {
    long self = ProcessHandle.current().pid();
    return VirtualMachine.list().stream()
        .filter(jvm -> !jvm.id().equals(Long.toString(self)))
        .map(Jvm::listed)
        .toList();
  }

  private static Listed listed(VirtualMachineDescriptor jvm) {
    return new Listed(Long.parseLong(jvm.id()), jvm.displayName());
  }

  private interface Work<T> {
    T on(VirtualMachine machine)
        throws IOException, AgentLoadException, AgentInitializationException;
  }

  /** What it says of itself to those who may attach. Loads nothing into it. */
  Properties properties() {
    return attached(VirtualMachine::getAgentProperties);
  }

  /** Loads an agent into it; answers what it says of itself afterwards. */
  Properties load(String jar, String arguments) {
    return attached(
        machine -> {
          machine.loadAgent(jar, arguments);
          return machine.getAgentProperties();
        });
  }

  private <T> T attached(Work<T> work) {
    Failure silent =
        new Failure(
            Failure.NOT_CONFIRMED,
            "JVM " + pid + " does not answer; it may be suspended, or too busy");
    try {
      return patience.of(
          () -> {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
              return work.on(machine);
            } finally {
              machine.detach();
            }
          },
          silent);
    } catch (Failure failure) {
      throw failure;
    } catch (AgentLoadException | AgentInitializationException refused) {
      throw new Failure(
          Failure.FAILED,
          "JVM "
              + pid
              + " does not load the agent"
              + (refused.getMessage() == null ? "" : " (" + refused.getMessage() + ")")
              + ". Was it started"
              + " with -XX:-EnableDynamicAgentLoading, or can it not read the jar? Start it with"
              + " -javaagent:belay.jar instead");
    } catch (AttachNotSupportedException | IOException refused) {
      throw new Failure(Failure.FAILED, "JVM " + pid + " cannot be attached to: " + refused);
    } catch (Exception unexpected) {
      throw new Failure(Failure.FAILED, "JVM " + pid + " cannot be attached to: " + unexpected);
    }
  }

  /** The version of Belay in it; empty when it is not there. */
  static String version(Properties properties) {
    return properties.getProperty(LocalControl.VERSION, "");
  }
}
