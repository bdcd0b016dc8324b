package io.belay.agent.run;

import io.belay.agent.rule.Limit;
import io.belay.agent.rule.Limits;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which budgets stand above which: a run's above its children's, above a top-level run's the one of
 * its caller, if it has any, and the JVM's above all.
 */
final class BudgetTree {
  private final Spending spending;
  private final Clock clock;
  final Budget jvm;
  final Accounts accounts;

  BudgetTree(Spending spending, Clock clock, Consumer<String> note) {
    this.spending = spending;
    this.clock = clock;
    this.jvm = new Budget("jvm.", null, null, spending.jvm());
    this.accounts =
        new Accounts(spending.caller(), jvm, spending.window().toNanos(), Accounts.MOST, note);
  }

  /** What the root does itself counts as one run, for all limits but time. */
  Budget ofRoot() {
    Map<Limit, Long> own = new HashMap<>(spending.run().values());
    own.remove(Limit.TIME);
    return new Budget("", null, jvm, new Limits(own));
  }

  /** A top-level run has the configured limits as well as its own. */
  Budget ofTop(@Nullable Account caller, Limits limits) {
    return new Budget("", null, caller == null ? jvm : caller.budget, spending.run().and(limits));
  }

  /** One below another run's. */
  static Budget ofChild(Run parent, Limits limits) {
    return new Budget("", null, parent.budget, limits);
  }

  /**
   * The account that a run begins in: its caller's if it is a top-level run, else its parent's.
   *
   * @param caller who the request says it is from; empty for nobody
   */
  @Nullable Account open(Run parent, String caller) {
    if (parent.above() == null) {
      return accounts.areOpened(caller) ? accounts.open(caller, clock.nanos()) : null;
    }
    Account account = parent.account;
    if (account != null) {
      accounts.join(account, clock.nanos());
    }
    return account;
  }

  /** A run is over. */
  void close(Run run) {
    Account account = run.account;
    if (account != null) {
      accounts.leave(account, clock.nanos());
    }
  }

  /** The limits of {@code run}, and of its caller or the JVM where those stand right above it. */
  Map<String, Number> limits(Run run) {
    Map<String, Number> rows = run.budget.limits();
    Budget above = shownWith(run);
    if (above != null) {
      rows.putAll(above.limits());
    }
    return rows;
  }

  /** Of each of these, what calls in flight have set aside. */
  Map<String, Number> reserved(Run run) {
    Map<String, Number> rows = run.budget.reserved();
    Budget above = shownWith(run);
    if (above != null) {
      rows.putAll(above.reserved());
    }
    return rows;
  }

  /** Of each of these, what is left. */
  Map<String, Number> remaining(Run run) {
    long now = clock.nanos();
    long elapsed = now - run.startedNanos();
    Map<String, Number> rows = run.budget.remaining(elapsed);
    Budget above = shownWith(run);
    Account account = run.account;
    if (above != null) {
      rows.putAll(above.remaining(account == null ? elapsed : accounts.busy(account, now)));
    }
    return rows;
  }

  private @Nullable Budget shownWith(Run run) {
    Run parent = run.above();
    if (parent == null) {
      return jvm;
    }
    Account account = run.account;
    if (account == null || parent.above() != null || run.endedAt() != null) {
      return null; // An ended run's caller goes on without it.
    }
    account.turn(clock.nanos());
    return account.budget;
  }
}
