package io.belay.agent.run;

import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A method that takes a command of a database and sends it, now or when a connection is free, and
 * answers later. It is asked about where the command reaches its connection, for the run that it
 * was made in: that may be on a thread which works for nobody.
 */
public final class CommandSite extends SubscriptionSite {
  /** What of {@link Exchange#url} is no statement. */
  private static final String PREPARE = "prepare";

  private static final WeakTable<Origin> ORIGINS = new WeakTable<>();

  private final boolean sends;
  private final Function<Class<?>, @Nullable Adapter> adapters;

  private record Origin(@Nullable Run run, @Nullable Shield shield) {}

  /**
   * A site.
   *
   * @param sends {@code false} where a command only sets out for its connection
   */
  public CommandSite(
      Gatekeeper gatekeeper,
      String boundary,
      String label,
      boolean sends,
      StatementTexts texts,
      Function<Class<?>, @Nullable Adapter> adapters) {
    super(gatekeeper, boundary, label, Does.STATEMENT, texts, adapters, found -> {});
    this.sends = sends;
    this.adapters = adapters;
  }

  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    Object on = self == null && args != null ? args[0] : self;
    Adapter adapter = on == null ? null : adapters.apply(on.getClass());
    if (adapter == null || on == null) {
      return null;
    }
    Slot slot = Carrier.slot();
    Object command = adapter.handle(on, args);
    if (!sends) {
      if (command != null) {
        ORIGINS.put(command, new Origin(slot.run, slot.shield));
      }
      return null;
    }
    Exchange exchange = adapter.open(on, args);
    if (exchange == null) {
      return null;
    }
    Origin origin = command == null ? null : ORIGINS.get(command);
    return origin == null
        ? super.enter(on, new Object[] {exchange})
        : enterFor(origin, slot, on, exchange);
  }

  private @Nullable Object enterFor(Origin origin, Slot slot, Object on, Exchange exchange) {
    Run run = slot.run;
    Shield shield = slot.shield;
    slot.run = origin.run();
    slot.shield = origin.shield();
    try {
      return super.enter(on, new Object[] {exchange});
    } finally {
      slot.run = run;
      slot.shield = shield;
    }
  }

  @Override
  void begun(InFlight call, Object connection, String text) {
    call.sending();
    if (!text.equals(PREPARE) && !text.equals(SqlSite.CONNECT)) {
      Transactions.belongs(connection, connection);
      super.begun(call, connection, text);
    }
  }

  @Override
  boolean takesBack() {
    return true;
  }
}
