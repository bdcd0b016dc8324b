package io.belay.agent.run;

import io.belay.boot.Adapter;
import io.belay.boot.Exchange;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the application gives up the answer of the receiver's call, read or not. */
public final class LetGoSite extends Site {
  private final Function<Class<?>, @Nullable Adapter> adapters;

  /**
   * A way to give answers up.
   *
   * @param adapters finds the adapter that knows the receiver's call, by the receiver's class
   */
  public LetGoSite(String boundary, String label, Function<Class<?>, @Nullable Adapter> adapters) {
    super(boundary, label);
    this.adapters = adapters;
  }

  @Override
  void opened(@Nullable Object self, @Nullable Object made) {
    Adapter adapter = self == null ? null : adapters.apply(self.getClass());
    Exchange exchange = adapter == null ? null : adapter.open(self, null);
    if (exchange != null && exchange.tap() instanceof InFlight call) {
      call.site.givesUp(call, false);
      call.closedEarly();
    }
  }
}
