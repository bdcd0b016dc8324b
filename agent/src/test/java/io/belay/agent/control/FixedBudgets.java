package io.belay.agent.control;

import io.belay.agent.run.Run;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Limits that are kept and not enforced: the control plane shows and changes them, no more. */
final class FixedBudgets implements Budgets {
  private final Map<String, Map<String, Number>> limits = new ConcurrentHashMap<>();
  final Map<String, Map<String, Number>> reserved = new ConcurrentHashMap<>();

  /** While it is closed, nobody who asks for limits of a run that was stopped gets an answer. */
  volatile CountDownLatch gate = new CountDownLatch(0);

  @Override
  public Map<String, Number> limits(Run run) {
    try {
      if (run.isStopping()) {
        gate.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return limits.getOrDefault(run.id(), Map.of());
  }

  @Override
  public Map<String, Number> reserved(Run run) {
    return reserved.getOrDefault(run.id(), Map.of());
  }

  @Override
  public void change(Run run, Map<String, @Nullable String> changes) {
    Map<String, Number> changed = new LinkedHashMap<>(limits(run));
    changes.forEach(
        (name, value) -> {
          if (value == null) {
            changed.remove(name);
          } else {
            changed.put(name, number(name, value));
          }
        });
    limits.put(run.id(), changed);
  }

  private static Number number(String name, String value) {
    try {
      if (name.equals("cost-usd")) {
        return Double.valueOf(value);
      }
      return Long.valueOf(name.equals("time") ? value.replace("ms", "") : value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + ": '" + value + "' is not a number", e);
    }
  }
}
