package io.belay.agent.llm;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Optional;

/** Counts the tokens of a text exactly, or as exactly as a model's tokenizer is known. */
@FunctionalInterface
public interface Tokenizer {

  long count(CharSequence text);

  /**
   * jtokkit, if that loader has it and it knows an encoding for the model. Its tables take over a
   * second and tens of megabytes the first time, so call this off the path of a call.
   *
   * @param loader the loader to look in, such as an application's
   * @param model a model name; unknown GPT-like names fall back to {@code o200k_base}
   */
  static Optional<Tokenizer> jtokkit(ClassLoader loader, String model) {
    try {
      Class<?> encodings = Class.forName("com.knuddels.jtokkit.Encodings", true, loader);
      Object registry = encodings.getMethod("newLazyEncodingRegistry").invoke(null);
      Class<?> type = Class.forName("com.knuddels.jtokkit.api.EncodingRegistry", true, loader);
      Class<?> encodingType = Class.forName("com.knuddels.jtokkit.api.Encoding", true, loader);
      Optional<?> encoding =
          (Optional<?>) type.getMethod("getEncodingForModel", String.class).invoke(registry, model);
      if (encoding.isEmpty()) {
        encoding =
            (Optional<?>)
                type.getMethod("getEncoding", String.class).invoke(registry, "o200k_base");
      }
      Method count = encodingType.getMethod("countTokensOrdinary", String.class);
      MethodHandle handle = MethodHandles.publicLookup().unreflect(count);
      return encoding.map(
          found ->
              text -> {
                try {
                  return ((Number) handle.invoke(found, text.toString())).longValue();
                } catch (Throwable e) {
                  return -1;
                }
              });
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      return Optional.empty();
    }
  }
}
