package dev.tunebeam.dataset.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a setting, once for its flag, the help, the JSON Schema and the reference. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD})
public @interface Setting {
  /** Its group in the help. */
  Group group();

  /** The help text. */
  String text();

  /** The name of its flag, if it is not that of the record's component. */
  String flag() default "";

  /** The placeholder of the value in the help, {@code FILE}. */
  String value() default "";

  /** The behaviour if it is not set and there is no fixed default. */
  String unset() default "";

  /** The value of its flag if it is given without one; empty if it needs one. */
  String bare() default "";

  /**
   * Whether {@code \n}, {@code \t} and {@code \\} in its flag are escapes, and empty is a value.
   */
  boolean escapes() default false;
}
