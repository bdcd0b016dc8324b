package io.belay.it.llm;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.springframework.ai.chat.model.ChatModel;

/**
 * Spring AI 2's OpenAI model, which rides on openai-java with an HTTP client of its own. It is made
 * by names: the tests are compiled against Spring AI 1, whose model is made in another way.
 */
final class SpringAi2Model {
  private static final String OPENAI = "org.springframework.ai.openai.";

  private SpringAi2Model() {}

  static ChatModel at(String url) {
    Object options = builder("OpenAiChatOptions");
    options = with(with(with(options, "baseUrl", url), "apiKey", "none"), "model", "m");
    Object model = with(builder("OpenAiChatModel"), "options", with(options, "build"));
    return (ChatModel) with(model, "build");
  }

  private static Object builder(String type) {
    try {
      return Class.forName(OPENAI + type).getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object with(Object builder, String name, Object... value) {
    Method method =
        Arrays.stream(builder.getClass().getMethods())
            .filter(each -> each.getName().equals(name))
            .filter(each -> accepts(each, value))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(name));
    try {
      return method.invoke(builder, value);
    } catch (InvocationTargetException | IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean accepts(Method method, Object[] values) {
    Class<?>[] types = method.getParameterTypes();
    return types.length == values.length && (types.length == 0 || types[0].isInstance(values[0]));
  }
}
