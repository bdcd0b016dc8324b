package io.belay.it.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * A test with one parameter, a {@link Setting}: it is run once for each JDK, or once for each of
 * several sets of libraries; see {@link Settings}. Afterwards the JVMs that it used must be clean.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@ArgumentsSource(Settings.class)
@ExtendWith(CleanAfterwards.class)
public @interface Scenario {
  /** The sets, by name; see {@link Libraries}. Those of the class come before them. */
  String[] libraries() default Libraries.NEWEST;
}
