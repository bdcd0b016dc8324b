package io.belay.agent.run;

import io.belay.boot.CallAdapter;
import io.belay.boot.Called;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A place where a call that can be taken back begins, or is taken back. */
public final class CalledSite extends Site {
  private final Calls calls;
  private final Function<Class<?>, @Nullable CallAdapter> adapters;
  private final boolean begins;

  /**
   * A place.
   *
   * @param begins whether a call begins there; else it is taken back
   */
  public CalledSite(
      Calls calls,
      String boundary,
      String label,
      Function<Class<?>, @Nullable CallAdapter> adapters,
      boolean begins) {
    super(boundary, label);
    this.calls = calls;
    this.adapters = adapters;
    this.begins = begins;
  }

  @Override
  @Nullable Object enter(@Nullable Object self, Object @Nullable [] args) {
    CallAdapter adapter = self == null ? null : adapters.apply(self.getClass());
    Called call = adapter == null || args == null ? null : adapter.call(self, args);
    if (adapter == null || call == null) {
      return null;
    }
    if (!begins) {
      calls.takenBack(call, "a client of " + boundary());
      return null;
    }
    if (adapter.isLater()) {
      return (Ticket)
          (result, thrown) ->
              thrown == null ? adapter.later(result, calls.later(call, boundary())) : result;
    }
    if (calls.isAtWork(call)) {
      return null;
    }
    Frame frame = calls.open(call, boundary());
    return (Ticket)
        (result, thrown) -> {
          calls.ended(call, frame.run);
          return frame.exit(result, thrown);
        };
  }
}
