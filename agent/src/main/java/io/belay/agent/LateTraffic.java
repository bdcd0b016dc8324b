package io.belay.agent;

import io.belay.agent.run.InFlight;
import io.belay.agent.run.Kind;
import io.belay.agent.run.Traffic;
import io.belay.boot.Exchange;
import org.jspecify.annotations.Nullable;

/** Makes the reader of traffic when there is the first to read: its tables cost milliseconds. */
abstract class LateTraffic implements Traffic {
  private volatile @Nullable Traffic made;

  abstract Traffic made() throws SettingsException;

  @Override
  public Kind kindOf(Exchange exchange, Kind declared) {
    return get().kindOf(exchange, declared);
  }

  @Override
  public void reserve(InFlight call) {
    get().reserve(call);
  }

  private Traffic get() {
    Traffic known = made;
    return known == null ? make() : known;
  }

  private synchronized Traffic make() {
    Traffic known = made;
    if (known == null) {
      try {
        known = made();
      } catch (SettingsException impossible) {
        throw new IllegalStateException(impossible);
      }
      made = known;
    }
    return known;
  }
}
