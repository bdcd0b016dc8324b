package io.belay.it.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The sets of libraries for all scenarios of a class that name none, inherited ones too. The first
 * set is tried on every JDK, the others on the first.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface LibrarySets {
  /** The sets, by name; see {@link Libraries}. */
  String[] value();
}
