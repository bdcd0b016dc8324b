package io.belay.agent.traffic;

import io.belay.agent.llm.Tokenizer;
import io.belay.agent.rule.TokenizerUse;
import io.belay.agent.run.Threads;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The application's own tokenizer, jtokkit, where it has one. Its tables are read by a thread of
 * Belay's while the first call is under way; until then everything is counted by bytes.
 */
public final class Tokenizers {
  /** The first calls may come from threads that do not see the application's classes. */
  private static final int LOOKS = 3;

  /** Names come from requests. */
  private static final int MODELS = 100;

  private static final Tokenizer SILENT = text -> -1;

  private final TokenizerUse use;
  private final AtomicInteger misses = new AtomicInteger();
  private final AtomicBoolean loading = new AtomicBoolean();

  /** Soft: a web application that is taken out takes its classes with it, and its tables. */
  private volatile SoftReference<@Nullable Map<String, Tokenizer>> loaded =
      new SoftReference<>(null);

  private volatile SoftReference<@Nullable Function<String, Optional<Tokenizer>>> library =
      new SoftReference<>(null);

  /** Asked for these models. */
  public Tokenizers(TokenizerUse use) {
    this.use = use;
  }

  /**
   * The tokenizer of a model, which says -1 until its tables are there. Empty where there is none.
   */
  Optional<Tokenizer> of(String model) {
    boolean wanted =
        use == TokenizerUse.ALL || use == TokenizerUse.AUTO && Tokenizer.ofOpenAi(model);
    if (!wanted || misses.get() >= LOOKS) {
      return Optional.empty();
    }
    Tokenizer known = known(model);
    if (known == null) {
      load(Thread.currentThread().getContextClassLoader(), model);
      return Optional.of(text -> later(model, text));
    }
    return Optional.of(known);
  }

  private long later(String model, CharSequence text) {
    Tokenizer known = known(model);
    return known == null ? -1 : known.count(text);
  }

  private @Nullable Tokenizer known(String model) {
    Map<String, Tokenizer> models = loaded.get();
    return models == null ? null : models.get(model);
  }

  private void load(@Nullable ClassLoader loader, String model) {
    if (loading.compareAndSet(false, true)) {
      Threads.start(
          () -> {
            try {
              find(loader, model);
            } finally {
              loading.set(false);
            }
          },
          "belay-tokenizer");
    }
  }

  private void find(@Nullable ClassLoader loader, String model) {
    Function<String, Optional<Tokenizer>> found = library.get();
    if (found == null) {
      found = look(loader);
      library = new SoftReference<>(found);
    }
    if (found == null) {
      misses.incrementAndGet();
      return;
    }
    Map<String, Tokenizer> models = loaded.get();
    if (models == null || models.size() >= MODELS) {
      models = new ConcurrentHashMap<>();
      loaded = new SoftReference<>(models);
    }
    models.put(model, found.apply(model).orElse(SILENT));
  }

  private static @Nullable Function<String, Optional<Tokenizer>> look(
      @Nullable ClassLoader loader) {
    ClassLoader system = ClassLoader.getSystemClassLoader();
    return Tokenizer.jtokkit(loader == null ? system : loader)
        .or(() -> Tokenizer.jtokkit(system))
        .orElse(null);
  }
}
