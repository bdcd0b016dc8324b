package io.belay.it.harness;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Which JDK meets which set of libraries. A scenario with one set meets it on every JDK. One with
 * more meets each set once, on the newest JDK and on the oldest by turns, beginning with the newest
 * JDK; {@code -Dbelay.it.every=true} has it meet every set on every JDK.
 */
final class Settings implements ArgumentsProvider {
  private static final boolean EVERY = Boolean.getBoolean("belay.it.every");

  @Override
  public Stream<Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    Sets all = context.getRequiredTestClass().getAnnotation(Sets.class);
    String[] sets =
        all != null
            ? all.value()
            : context.getRequiredTestMethod().getAnnotation(Scenario.class).libraries();
    return IntStream.range(0, sets.length)
        .boxed()
        .flatMap(i -> jdks(i, sets.length).map(jdk -> Arguments.of(new Setting(jdk, sets[i]))));
  }

  private static Stream<Jdk> jdks(int turn, int turns) {
    if (EVERY || turns == 1) {
      return Jdk.ALL.stream();
    }
    return Stream.of(Jdk.ALL.get(turn % 2 == 0 ? Jdk.ALL.size() - 1 : 0));
  }
}
