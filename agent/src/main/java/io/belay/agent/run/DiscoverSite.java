package io.belay.agent.run;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A method that makes things of classes that nobody knows beforehand: they are woven when seen. */
public final class DiscoverSite extends Site {
  private final Seen seen;

  /** Tells {@code found} of each class once, before the application has the first of its things. */
  public DiscoverSite(String boundary, String label, Consumer<Class<?>> found) {
    super(boundary, label);
    this.seen = new Seen(found);
  }

  @Override
  void opened(@Nullable Object self, @Nullable Object made) {
    if (made != null) {
      hit();
      seen.get(made.getClass());
    }
  }

  /** What is handed over, not what is made: a driver that is registered. */
  @Override
  @Nullable Object carry(@Nullable Object self, @Nullable Object given) {
    opened(null, given);
    return given;
  }
}
