package io.belay.it.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The sets of libraries that a class's scenarios meet, also those that it inherits. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Sets {
  /** By name; see {@link Libraries}. */
  String[] value();
}
