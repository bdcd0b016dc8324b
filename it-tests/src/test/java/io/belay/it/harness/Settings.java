package io.belay.it.harness;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Every JDK with every set of libraries that a scenario names. */
final class Settings implements ArgumentsProvider {
  @Override
  public Stream<Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    String[] sets = context.getRequiredTestMethod().getAnnotation(Scenario.class).libraries();
    return Jdk.ALL.stream()
        .flatMap(jdk -> Arrays.stream(sets).map(set -> Arguments.of(new Setting(jdk, set))));
  }
}
