package io.belay.agent.llm;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Counts the tokens of a text exactly, or as exactly as a model's tokenizer is known. */
@FunctionalInterface
public interface Tokenizer {

  /** OpenAI's names, also behind the name of a provider or of a fine tuning. */
  Pattern OPENAI =
      Pattern.compile("(?:.*[/:])?(?:gpt-|chatgpt-|codex-|text-embedding-|o[1-9](?:-|$)).*");

  /** How many tokens a text has; -1 when it cannot tell, or not yet. */
  long count(CharSequence text);

  /** Whether a model's name says that its tokens are cut as OpenAI cuts them. */
  static boolean ofOpenAi(String model) {
    return OPENAI.matcher(model.toLowerCase(Locale.ROOT)).matches();
  }

  /**
   * jtokkit, if that loader has it: the tokenizer of a model, and that of OpenAI's newest for one
   * that it does not know. Asking for one the first time reads tables, for over a second and tens
   * of megabytes, so ask off the path of a call.
   *
   * @param loader the loader to look in, such as an application's
   */
  static Optional<Function<String, Optional<Tokenizer>>> jtokkit(ClassLoader loader) {
    try {
      Class<?> encodings = Class.forName("com.knuddels.jtokkit.Encodings", true, loader);
      Object registry = encodings.getMethod("newLazyEncodingRegistry").invoke(null);
      Class<?> type = Class.forName("com.knuddels.jtokkit.api.EncodingRegistry", true, loader);
      Class<?> encodingType = Class.forName("com.knuddels.jtokkit.api.Encoding", true, loader);
      Method byModel = type.getMethod("getEncodingForModel", String.class);
      Method byName = type.getMethod("getEncoding", String.class);
      Method counting = encodingType.getMethod("countTokensOrdinary", String.class);
      MethodHandle count = MethodHandles.publicLookup().unreflect(counting);
      return Optional.of(
          model -> {
            try {
              Optional<?> found = (Optional<?>) byModel.invoke(registry, model);
              if (found.isEmpty()) {
                found = (Optional<?>) byName.invoke(registry, "o200k_base");
              }
              return found.map(encoding -> text -> counted(count, encoding, text));
            } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
              return Optional.empty();
            }
          });
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static long counted(MethodHandle count, Object encoding, CharSequence text) {
    try {
      return ((Number) count.invoke(encoding, text.toString())).longValue();
    } catch (Throwable e) {
      return -1;
    }
  }
}
