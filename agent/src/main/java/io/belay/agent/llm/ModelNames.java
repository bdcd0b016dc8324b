package io.belay.agent.llm;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The names under which one model is known, from the most to the least particular. */
final class ModelNames {
  private static final Pattern REGION =
      Pattern.compile("^(us|eu|apac|au|jp|ca|sa|me|af|il|global|us-gov)\\.(?=[a-z0-9-]+\\.)");
  private static final Pattern VENDOR =
      Pattern.compile("^(anthropic|amazon|meta|mistral|cohere|ai21|deepseek|openai|qwen)\\.");
  private static final Pattern REVISION = Pattern.compile("(-v\\d+)?(:\\d+)?(:\\d+k)?$");
  private static final Pattern DATE = Pattern.compile("[-@](20\\d{6}|20\\d\\d-\\d\\d-\\d\\d)$");
  private static final Pattern AT = Pattern.compile("@[a-z0-9.-]+$");
  private static final Pattern LATEST = Pattern.compile("-latest$");

  private ModelNames() {}

  static Set<String> of(String model) {
    Set<String> names = new LinkedHashSet<>();
    String name = model.strip().toLowerCase(Locale.ROOT);
    add(names, name);
    add(names, name.substring(name.lastIndexOf('/') + 1));
    shorten(names, REGION);
    shorten(names, VENDOR);
    shorten(names, REVISION);
    shorten(names, AT);
    shorten(names, DATE);
    shorten(names, LATEST);
    return names;
  }

  /** Whether one is the other's name with what providers add to it: a date, a region, a vendor. */
  static boolean same(String one, String other) {
    String a = bare(one);
    String b = bare(other);
    return of(one).contains(b) || of(other).contains(a);
  }

  private static String bare(String model) {
    return model.substring(model.lastIndexOf('/') + 1).strip().toLowerCase(Locale.ROOT);
  }

  private static void shorten(Set<String> names, Pattern pattern) {
    for (String name : names.toArray(new String[0])) {
      if (pattern == AT && name.indexOf('@') > 0) {
        add(names, name.replace('@', '-'));
      }
      add(names, pattern.matcher(name).replaceFirst(""));
    }
  }

  private static void add(Set<String> names, String name) {
    if (!name.isEmpty()) {
      names.add(name);
    }
  }
}
